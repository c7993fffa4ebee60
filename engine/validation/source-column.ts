/** Columns whose value the source itself gives: their SQL, of the target's type or one that it takes as it is. */
import type { CompiledEntity } from '../mapping/compiled-entity.ts';

/** SQL over `t` of a column that passes through, or null where the mapper computes it. */
export function passedThroughSql(compiled: CompiledEntity, column: string): string | null {
  const index = compiled.columns.indexOf(column);
  if (index < 0 || compiled.laneColumns.includes(column)) return null;
  const sql = compiled.select[compiled.select.length - (compiled.columns.length - index)]!;
  if (compiled.wire === 'binary') return sql;
  // As text it is read as the text it is; here the value itself is wanted.
  return sql.replace(/::text$/, '');
}
