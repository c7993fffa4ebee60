/** Name of a table, type, sequence: anything that stands in a schema. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}
