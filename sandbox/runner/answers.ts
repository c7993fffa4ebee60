/**
 * Reads what a container answered. It may be written by hostile code that has taken the harness over, so every part is
 * looked at before it is used, nothing is converted, and no text leaves with control characters in it.
 */
import type { Cell, RowOutcome } from '../contract.ts';
import type { Frame } from '../protocol/frame.ts';
import { SandboxError, type SandboxErrorKind } from '../sandbox-error.ts';

const LONGEST_MESSAGE = 1000;

/** Throws a SandboxError (`protocol`). */
export function readOutcomes(frame: Frame, count: number, width: number): RowOutcome[] {
  const rows = readJson(frame);
  if (frame.type !== 'R' || !Array.isArray(rows)) throw nonsense('no rows');
  if (rows.length !== count) throw nonsense(`${rows.length} rows for ${count}`);
  return rows.map((row: unknown) => (Array.isArray(row) ? readCells(row, width) : readRejection(row)));
}

function readCells(cells: readonly unknown[], width: number): RowOutcome {
  if (cells.length !== width) throw nonsense(`a row of ${cells.length} columns instead of ${width}`);
  for (const cell of cells)
    if (cell !== null && typeof cell !== 'string') throw nonsense('a value that is no text');
  return { ok: true, cells: cells as readonly Cell[] };
}

function readRejection(row: unknown): RowOutcome {
  if (typeof row !== 'object' || row === null) throw nonsense('a row that is none');
  const { m, l } = row as { m?: unknown; l?: unknown };
  if (typeof m !== 'string') throw nonsense('a rejection without a message');
  return { ok: false, message: printable(m) || 'the code rejected the row', line: lineNumber(l) };
}

/** What the harness says may fail as a whole. */
const kinds: readonly SandboxErrorKind[] = ['code', 'not-repeatable', 'timeout', 'output-limit'];

/** `count` rows were sent; 0 while loading. */
export function readFault(frame: Frame, count: number): SandboxError {
  const fault = readJson(frame);
  if (typeof fault !== 'object' || fault === null) return nonsense('a fault that is none');
  const { kind, message, row, line } = fault as Record<string, unknown>;
  const known = kinds.find((each) => each === kind);
  if (known === undefined || typeof message !== 'string') return nonsense('a fault of no known kind');
  const isRow = typeof row === 'number' && Number.isInteger(row) && row >= 0 && row < count;
  const words = printable(message);
  return new SandboxError(known, sentence(known === 'code' ? `the code cannot be used: ${words}` : words), {
    rowIndex: isRow ? row : null,
    line: lineNumber(line),
  });
}

export function nonsense(what: string): SandboxError {
  return new SandboxError('protocol', `The sandbox answered with ${what}.`);
}

function readJson({ body }: Frame): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw nonsense('something that is no JSON');
  }
}

function lineNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e6 ? value : null;
}

/** Also without the characters that turn the direction of writing. */
export function printable(text: string): string {
  const clean = text
    .slice(0, LONGEST_MESSAGE * 2)
    .replace(/(?:\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp})+/gu, ' ');
  return clean.toWellFormed().trim().slice(0, LONGEST_MESSAGE);
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
