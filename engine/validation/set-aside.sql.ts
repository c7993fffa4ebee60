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

/** `isSetAside` and `isDuplicate` are SQL: true for the marked rows. Rows `without` are not among them at all. */
export interface MarkedSource extends FromSource {
  readonly isSetAside: string;
  readonly isDuplicate: string;
}

export function markSetAside(
  compiled: CompiledEntity,
  keys: readonly string[],
  { without = [], duplicates = [] }: { without?: readonly string[]; duplicates?: readonly string[] } = {},
): MarkedSource {
  const values: unknown[] = [];
  const joins: string[] = [];
  const marked = (list: readonly string[], name: string): string => {
    if (list.length === 0) return 'false';
    values.push(list);
    joins.push(
      `left join unnest($${values.length}::text[]) ${name}(key) on ${name}.key = ${compiled.keyText}`,
    );
    return `(${name}.key is not null)`;
  };
  const isSetAside = marked(keys, 'aside');
  const isDuplicate = marked(duplicates, 'duplicate');
  const isKept = marked(without, 'kept');
  const where = isKept === 'false' ? '' : ` where not ${isKept}`;
  return { from: [compiled.from, ...joins].join(' ') + where, values, isSetAside, isDuplicate };
}
