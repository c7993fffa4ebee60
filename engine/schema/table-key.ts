/** A table's name as one map key; JSON quoting keeps names with dots and quotes apart. */
import type { Table, TableName } from './catalog.ts';

export function tableKey(name: TableName): string {
  return JSON.stringify([name.schema, name.name]);
}

export function indexTables(tables: readonly Table[]): ReadonlyMap<string, Table> {
  return new Map(tables.map((table) => [tableKey(table), table]));
}

/** As people write it: without the schema where that is `public`. */
export function displayName(name: TableName): string {
  return name.schema === 'public' ? name.name : `${name.schema}.${name.name}`;
}
