/** The source's rows without those that were set aside, or with a mark on them. `$1` is an array of legacy keys. */
import type { CompiledEntity } from '../mapping/compiled-entity.ts';

export interface FromSource {
  /** What stands behind `from`; the row is `t`. */
  readonly from: string;
  readonly values: readonly unknown[];
}

export function withoutSetAside(compiled: CompiledEntity, keys: readonly string[]): FromSource {
  if (keys.length === 0) return { from: compiled.from, values: [] };
  const marked = markSetAside(compiled, keys);
  return { ...marked, from: `${marked.from} where ${marked.isSetAside} is not true` };
}

/** `isSetAside` is SQL: true for the marked rows. */
export function markSetAside(
  compiled: CompiledEntity,
  keys: readonly string[],
): FromSource & { readonly isSetAside: string } {
  if (keys.length === 0) return { from: compiled.from, values: [], isSetAside: 'false' };
  const from = `${compiled.from} left join unnest($1::text[]) aside(key) on aside.key = ${compiled.keyText}`;
  return { from, values: [keys], isSetAside: '(aside.key is not null)' };
}
