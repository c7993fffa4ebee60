/**
 * The form of a value that did not fit, as it is kept with the row: what it looks like and roughly how long it is. Coarse on
 * purpose: there are some fifty forms in all, so many rows make few causes, and no value can be told from its form.
 */
import { shape } from '../core/redaction.ts';
import type { PlanEntity } from '../plan/plan-file.ts';

/** Lengths in characters, up to and with each. */
const LENGTHS = [8, 32, 255] as const;

/** Null where the column is made of no single old one, or the row is not known. */
export function misfitShape(entity: PlanEntity, column: string, sourceRow: unknown): string | null {
  const from = entity.columns.find(({ to }) => to === column)?.from;
  if (from === undefined || sourceRow === null || typeof sourceRow !== 'object') return null;
  const value = (sourceRow as Readonly<Record<string, unknown>>)[from];
  return value === undefined ? null : coarse(shape(value));
}

/** `digits(5)` → `digits(1-8)`; `text(300)` → `text(256+)`. */
function coarse(exact: string): string {
  const [, form, length] = /^(.+)\((\d+)\)$/.exec(exact) ?? [];
  if (form === undefined) return exact;
  const upTo = LENGTHS.findIndex((limit) => Number(length) <= limit);
  if (upTo < 0) return `${form}(${LENGTHS.at(-1)! + 1}+)`;
  const from = upTo === 0 ? 1 : LENGTHS[upTo - 1]! + 1;
  return `${form}(${from}-${LENGTHS[upTo]})`;
}
