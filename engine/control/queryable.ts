/** What a store asks on: the database's pool, or a session whose transaction the change shall belong to. */
export interface Queryable {
  query<T = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<T[]>;
}
