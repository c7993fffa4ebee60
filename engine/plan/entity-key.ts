/** Which columns identify a row of a source table: its primary key, else a unique key that is never null, else none. */
import type { Column, Table } from '../schema/catalog.ts';
import type { PlanEntity } from './plan-file.ts';

export type EntityKey = PlanEntity['key'];

const INTEGERS = new Set(['int2', 'int4', 'int8']);

export function entityKeyOf(table: Table): EntityKey {
  const columns = table.primaryKey?.columns ?? uniqueNotNull(table);
  if (!columns) return { columns: [], kind: 'none' };
  if (columns.length > 1) return { columns: [...columns], kind: 'composite' };
  const type = table.columns.find((column) => column.name === columns[0])?.type;
  const storage = type?.kind === 'domain' ? type.of : type?.name;
  const kind = INTEGERS.has(storage ?? '') ? 'integer' : storage === 'uuid' ? 'uuid' : 'text';
  return { columns: [...columns], kind };
}

/** Shortest first, then by name of the columns, so that the choice does not hang on the names of constraints. */
function uniqueNotNull(table: Table): readonly string[] | null {
  const columns = new Map<string, Column>(table.columns.map((column) => [column.name, column]));
  const indexes = table.indexes
    .filter((index) => index.unique && !index.partial)
    .flatMap((index) => (index.columns ? [index.columns] : []));
  const fit = [...table.uniques.map((key) => key.columns), ...indexes]
    .filter((names) => names.length > 0 && names.every((name) => columns.get(name)?.nullable === false))
    .sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  return fit[0] ?? null;
}
