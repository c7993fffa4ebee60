/** What the source says of an entity's keys before the load: how many rows, from which key to which. */
import type { KeyShape } from '../mapping/source-key.ts';

export function integerKeyFactsSql(shape: KeyShape): string {
  const [key] = shape.keyset as [string];
  return `select count(*)::text as rows, min(${key})::text as min, max(${key})::text as max from ${shape.from}`;
}

export function rowCountSql(shape: KeyShape): string {
  return `select count(*)::text as rows from ${shape.from}`;
}

/** Rows that the plan's filter or `dedupe` leaves out are the difference to this. */
export function unfilteredCountSql(relation: string): string {
  return `select count(*)::text as rows from ${relation}`;
}
