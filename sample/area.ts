/** One business area: its tables, and one statement per table that fills it from the functions of scratch.sql.ts. */
export interface Area {
  readonly name: string;
  /** `create table` and `comment on` statements, without keys: those come after the rows. */
  readonly tables: string;
  /** Legacy table → `insert` statement. */
  readonly rows: Readonly<Record<string, string>>;
}
