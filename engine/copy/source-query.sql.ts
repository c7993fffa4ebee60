/** Every statement that reads an entity's rows from the source. */
import { quoteLiteral } from '../db/quote.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import { type KeysetPosition, type KeysetRange, rangeCondition } from './keyset-range.ts';

/** The rows of a range in the mapper's order of fields. */
export function copyRangeSql(compiled: CompiledEntity, range: KeysetRange): string {
  const condition = rangeCondition(compiled.keyset, range);
  return `copy (select ${compiled.select.join(', ')} from ${compiled.from} where ${condition}) to stdout (format binary)`;
}

/** Rows named by their legacy key text. */
export function copyKeysSql(compiled: CompiledEntity, keys: readonly string[]): string {
  const list = keys.map(quoteLiteral).join(', ');
  const condition = `${compiled.keyText} in (${list})`;
  return `copy (select ${compiled.select.join(', ')} from ${compiled.from} where ${condition}) to stdout (format binary)`;
}

/** The key `rows` rows after a position, one text per key column; no row where fewer are left. */
export function boundarySql(compiled: CompiledEntity, after: KeysetPosition, rows: number): string {
  const items = compiled.keyset;
  const named = items.map((item, i) => `${item}::text as k${i}`).join(', ');
  const condition = rangeCondition(items, { after, upTo: null });
  return `select ${named} from ${compiled.from} where ${condition} order by ${items.join(', ')} offset ${rows - 1} limit 1`;
}

/** Rows of the entity, and rows that its filter leaves out. */
export function countSql(compiled: CompiledEntity): string {
  return `select count(*)::text as rows from ${compiled.from}`;
}

/** Rows of a range. */
export function countRangeSql(compiled: CompiledEntity, range: KeysetRange): string {
  return `select count(*)::text as rows from ${compiled.from} where ${rangeCondition(compiled.keyset, range)}`;
}

/**
 * Whole source rows as JSON of texts, so that no number is rounded on the way to the quarantine; `$1` is an array of
 * legacy key texts.
 */
export function sourceRowsSql(compiled: CompiledEntity): string {
  return `select ${compiled.keyText} as key, ${compiled.sourceRow} as row from ${compiled.from} where ${compiled.keyText} = any($1::text[])`;
}

/** Rows of a keyed range named by legacy key text: the range lets the source use its index. */
export function sourceRowsInRangeSql(compiled: CompiledEntity, range: KeysetRange): string {
  return `${sourceRowsSql(compiled)} and ${rangeCondition(compiled.keyset, range)}`;
}

/** Legacy key texts of a range. */
export function keysOfRangeSql(compiled: CompiledEntity, range: KeysetRange): string {
  return `select ${compiled.keyText} as key from ${compiled.from} where ${rangeCondition(compiled.keyset, range)}`;
}
