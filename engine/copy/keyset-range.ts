/**
 * A keyset range: the rows after `after` up to and including `upTo`, in the order of the source's own key.
 * Key values are kept as PostgreSQL text, one per key column, so that any type of key compares on the server that
 * knows how, serialises as JSON, and never becomes a JavaScript number.
 */
import { z } from 'zod';
import { quoteLiteral } from '../db/quote.ts';

const position = z.array(z.string()).min(1).nullable();

/** As it stands in `batch_processing_status.lo` and `.hi`. */
export const keysetRangeSchema = z.object({ after: position, upTo: position });

/** A place in the key's order: one text per key column. Null: before the first row, or behind the last. */
export type KeysetPosition = readonly string[] | null;

export interface KeysetRange {
  readonly after: KeysetPosition;
  readonly upTo: KeysetPosition;
}

export const WHOLE_TABLE: KeysetRange = { after: null, upTo: null };

/** The condition of a range over SQL items, or `true`. */
export function rangeCondition(items: readonly string[], range: KeysetRange): string {
  const parts: string[] = [];
  if (range.after !== null) parts.push(`${tuple(items)} > ${literals(range.after)}`);
  if (range.upTo !== null) parts.push(`${tuple(items)} <= ${literals(range.upTo)}`);
  return parts.length === 0 ? 'true' : parts.join(' and ');
}

export function samePosition(a: KeysetPosition, b: KeysetPosition): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function tuple(items: readonly string[]): string {
  return items.length === 1 ? items[0]! : `(${items.join(', ')})`;
}

function literals(values: readonly string[]): string {
  const quoted = values.map(quoteLiteral);
  return quoted.length === 1 ? quoted[0]! : `(${quoted.join(', ')})`;
}
