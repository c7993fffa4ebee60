/**
 * Reads what a container answered. It may be written by hostile code that has taken the harness over, so every part is
 * looked at before it is used, nothing is converted, and no text leaves with control characters in it.
 */
import { isUtf8 } from 'node:buffer';
import type { Cell, RowOutcome } from '../contract.ts';
import type { Frame } from '../protocol/frame.ts';
import { ABOVE_MARKS, NULL, SEPARATOR, SPECIAL } from '../protocol/rows.ts';
import { SandboxError, type SandboxErrorKind } from '../sandbox-error.ts';

const LONGEST_MESSAGE = 1000;
/** Of what is read as JSON: a fault, the first word. */
const LONGEST_NOTE_BYTES = 1 << 16;

/** Throws a SandboxError (`protocol`). */
export function readOutcomes({ type, body }: Frame, count: number, width: number): RowOutcome[] {
  if (type !== 'R') throw nonsense('no rows');
  if (!isUtf8(body)) throw nonsense('bytes that are no text');
  const cells = cutAnswer(body.toString('utf8'));
  if (cells.next() !== String(count)) throw nonsense(`something else than ${count} rows`);
  const outcomes: RowOutcome[] = [];
  while (outcomes.length < count) outcomes.push(readOutcome(cells, width));
  if (!cells.isAtEnd()) throw nonsense(`more than ${count} rows`);
  return outcomes;
}

interface AnswerCells {
  next(): string;
  isAtEnd(): boolean;
}

/** Makes no more pieces than are asked for, however many the answer holds. */
function cutAnswer(text: string): AnswerCells {
  let at = 0;
  return {
    next() {
      if (at > text.length) throw nonsense('too few rows or columns');
      const found = text.indexOf(SEPARATOR, at);
      const end = found < 0 ? text.length : found;
      const cell = text.slice(at, end);
      at = end + 1;
      return cell;
    },
    isAtEnd: () => at > text.length,
  };
}

function readOutcome(answer: AnswerCells, width: number): RowOutcome {
  const first = answer.next();
  if (first.startsWith(SPECIAL)) {
    for (let i = 1; i < width; i++) if (answer.next() !== '') throw nonsense('a rejected row with values');
    return readRejection(first);
  }
  if (width === 0) {
    if (first !== '') throw nonsense('a value without a column');
    return { ok: true, cells: [] };
  }
  const cells: Cell[] = [readCell(first)];
  for (let i = 1; i < width; i++) cells.push(readCell(answer.next()));
  return { ok: true, cells };
}

function readCell(text: string): Cell {
  if (text >= ABOVE_MARKS || text === '') return text;
  if (!text.startsWith(NULL)) throw nonsense('a rejection in the middle of a row');
  return text === NULL ? null : text.slice(1);
}

/** Its words in a memory of their own: they may be kept, and the answer that they stood in must not be. */
function readRejection(text: string): RowOutcome {
  const [, line = '', words = ''] = /^.(\d{0,9}) (.*)$/su.exec(text.slice(0, LONGEST_MESSAGE * 2)) ?? [];
  const message = Buffer.from(printable(words)).toString('utf8');
  return { ok: false, message: message || 'the code rejected the row', line: lineNumber(Number(line)) };
}

/** What the harness says may fail as a whole. */
const kinds: readonly SandboxErrorKind[] = ['code', 'not-repeatable', 'timeout', 'output-limit'];

/** `count` rows were sent; 0 while loading. */
export function readFault(frame: Frame, count: number): SandboxError {
  const fault = readNote(frame);
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

/** A parser has work and memory to lose on hostile text, so it gets only a little of it. */
export function readNote({ body }: Frame): unknown {
  if (body.length > LONGEST_NOTE_BYTES) throw nonsense('a note that is far too long');
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
