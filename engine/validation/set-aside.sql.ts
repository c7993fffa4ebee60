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

/** `isSetAside` is SQL: true for the marked rows. Rows `without` are not among them at all. */
export function markSetAside(
  compiled: CompiledEntity,
  keys: readonly string[],
  without: readonly string[] = [],
): FromSource & { readonly isSetAside: string } {
  if (without.length > 0) return markAndLeaveOut(compiled, keys, without);
  if (keys.length === 0) return { from: compiled.from, values: [], isSetAside: 'false' };
  const from = `${compiled.from} left join unnest($1::text[]) aside(key) on aside.key = ${compiled.keyText}`;
  return { from, values: [keys], isSetAside: '(aside.key is not null)' };
}

function markAndLeaveOut(
  compiled: CompiledEntity,
  keys: readonly string[],
  without: readonly string[],
): FromSource & { readonly isSetAside: string } {
  const from = `${compiled.from} left join unnest($1::text[]) aside(key) on aside.key = ${compiled.keyText}
    left join unnest($2::text[]) kept(key) on kept.key = ${compiled.keyText} where kept.key is null`;
  return { from, values: [keys, without], isSetAside: '(aside.key is not null)' };
}
