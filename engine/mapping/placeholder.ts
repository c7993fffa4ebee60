/** What takes the place of a value that does not fit: made of the row's legacy key, so that no two rows share one. */
import type { PlanColumn } from '../plan/plan-file.ts';
import type { SqlType } from './sql-type.ts';
import type { IdMaker } from './uuid-v5.ts';

const TEXTS = new Set(['text', 'varchar', 'bpchar', 'citext']);

/** The column's own, or the one that every text column has; null where the type has none. */
export function placeholderOf(
  { placeholder }: Pick<PlanColumn, 'placeholder'>,
  { name }: SqlType,
): string | null {
  return placeholder ?? (TEXTS.has(name) ? 'legacy-{key}' : null);
}

/** In the key, what is not plain becomes its hex code, so that keys stay distinct and the text stays in its form. */
export function placeholderText(placeholder: string, ids: Pick<IdMaker, 'keyText'>): string {
  const plain = () =>
    ids
      .keyText()
      .replace(/[^A-Za-z0-9]/gu, (c) => `-${c.codePointAt(0)!.toString(16)}-`)
      .toLowerCase();
  return placeholder.replaceAll('{key}', plain);
}
