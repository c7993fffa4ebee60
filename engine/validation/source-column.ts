/** Columns whose value the source itself gives in the target's type: their SQL, from the compiled select list. */
import type { CompiledEntity } from '../mapping/compiled-entity.ts';

/** SQL over `t` of a column that passes through, or null where the mapper computes it. */
export function passedThroughSql(compiled: CompiledEntity, column: string): string | null {
  const index = compiled.columns.indexOf(column);
  if (index < 0 || compiled.laneColumns.includes(column)) return null;
  return compiled.select[compiled.select.length - (compiled.columns.length - index)]!;
}
