/**
 * Rows as one text, the same form both ways: how many there are, then cells in their order with a NUL between them, which no text of PostgreSQL
 * holds. U+0001 alone is null; before more it only says that what follows is meant as it is. U+0002 is special: on the
 * way in a text as JSON, for what could not be told else; on the way out, in the place of a row's first cell, why the
 * code rejected the row: `line words`.
 *
 * Reading it needs no parser, which hostile text could keep busy or make build things: only as many cuts as there must
 * be cells. Half the work of JSON, too.
 */
import type { Cell } from '../contract.ts';

export const SEPARATOR = '\0';
export const NULL = '\u0001';
export const SPECIAL = '\u0002';
/** Every mark is less than this, and so is every text that begins with one. */
export const ABOVE_MARKS = '\u0003';

/** Their number first. */
export function encodeRows(rows: readonly (readonly Cell[])[], width: number): string {
  const cells: string[] = [String(rows.length)];
  for (const row of rows) for (let i = 0; i < width; i++) cells.push(encodeCell(row[i]!));
  const text = cells.join(SEPARATOR);
  if (countSeparators(text) === rows.length * width && text.isWellFormed()) return text;
  return [String(rows.length), ...rows.flat().map(encodeAnyCell)].join(SEPARATOR);
}

function encodeCell(cell: Cell): string {
  if (cell === null) return NULL;
  return cell < ABOVE_MARKS && cell !== '' ? NULL + cell : cell;
}

function encodeAnyCell(cell: Cell): string {
  if (cell === null || (cell.isWellFormed() && !cell.includes(SEPARATOR))) return encodeCell(cell);
  return SPECIAL + JSON.stringify(cell);
}

function countSeparators(text: string): number {
  let count = 0;
  for (let at = text.indexOf(SEPARATOR); at >= 0; at = text.indexOf(SEPARATOR, at + 1)) count++;
  return count;
}
