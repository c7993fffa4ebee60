/**
 * Source rows with the answers of their code, as one stream in COPY's binary frame: what comes out are the rows that came
 * in, in their order, with the answers as fields of text ahead of their own. So whoever maps rows needs to know nothing
 * of code, and rows of entities without it never pass here.
 *
 * Rows are gathered into portions; while one is answered the next is read. Memory: the rows of three portions, or what one
 * chunk of the socket held.
 */
import type { Cell, CodeUnit, RowOutcome } from '../../contract/code.ts';
import { shownText } from '../../core/shown-text.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import { COPY_HEADER, COPY_TRAILER } from '../../db/binary/copy-format.ts';
import { RowReader, type RowView } from '../../db/binary/row-reader.ts';
import type { CompiledCode, CompiledEntity } from '../../mapping/compiled-entity.ts';
import { fieldText } from '../../mapping/lanes/reference.ts';
import { PORTION_ROWS } from './portion.ts';
import type { UnitRunner } from './unit-runner.ts';

/** Portions on their way: two with the code, one being written. */
const AHEAD = 3;
/** A portion of long rows is closed earlier. */
const PORTION_BYTES = 1 << 20;
const LONGEST_MESSAGE = 500;

export async function* answeredRows(
  source: AsyncIterable<Buffer>,
  compiled: Pick<CompiledEntity, 'select' | 'code' | 'fields'>,
  runners: readonly UnitRunner[],
): AsyncGenerator<Buffer, void, undefined> {
  const waiting: Asked[] = [];
  let portion = new GatheredRows(compiled.code);
  const ask = () => {
    waiting.push(portion.ask(runners));
    portion = new GatheredRows(compiled.code);
  };
  const reader = new RowReader(compiled.select.length, (row) => {
    portion.add(row);
    if (portion.rows === PORTION_ROWS || portion.bytes.position >= PORTION_BYTES) ask();
  });
  yield COPY_HEADER;
  for await (const chunk of source) {
    reader.push(chunk);
    while (waiting.length >= AHEAD) yield await write(waiting.shift()!, compiled);
  }
  reader.end();
  if (portion.rows > 0) ask();
  for (let asked = waiting.shift(); asked; asked = waiting.shift()) yield await write(asked, compiled);
  yield COPY_TRAILER;
}

interface Asked {
  readonly rows: GatheredRows;
  /** Per piece of code, one outcome a row. */
  readonly answers: Promise<readonly (readonly RowOutcome[])[]>;
}

/** Rows of one portion: their bytes as they came, and the cells that each piece of code reads. */
class GatheredRows {
  rows = 0;
  readonly bytes = new ByteWriter(1 << 16);
  /** Where each row ends in `bytes`. */
  readonly ends: number[] = [];
  private readonly cells: Cell[][][];
  private readonly code: readonly CompiledCode[];

  constructor(code: readonly CompiledCode[]) {
    this.code = code;
    this.cells = code.map(() => []);
  }

  /** Behind its field count, which changes. */
  add(row: RowView): void {
    const start = row.start + 2;
    this.bytes.ensure(row.end - start);
    this.bytes.raw(row.bytes, start, row.end);
    this.ends.push(this.bytes.position);
    this.rows++;
    for (let i = 0; i < this.code.length; i++) {
      this.cells[i]!.push(
        this.code[i]!.fields.map((field) => (row.lengths[field]! < 0 ? null : fieldText(row, field))),
      );
    }
  }

  ask(runners: readonly UnitRunner[]): Asked {
    const answers = Promise.all(runners.map((runner, i) => runner.answer(this.cells[i]!)));
    // Looked at in turn: one that fails while another is awaited must not count as unhandled.
    answers.catch(() => undefined);
    return { rows: this, answers };
  }
}

async function write(
  { rows, answers }: Asked,
  { code, fields }: Pick<CompiledEntity, 'code' | 'fields'>,
): Promise<Buffer> {
  const byUnit = await answers;
  const out = new ByteWriter(rows.bytes.position * 2 + 64);
  let start = 0;
  for (let i = 0; i < rows.rows; i++) {
    out.ensure(2);
    out.int16(fields);
    for (let unit = 0; unit < code.length; unit++) writeOutcome(byUnit[unit]![i]!, code[unit]!.unit, out);
    const end = rows.ends[i]!;
    out.ensure(end - start);
    out.raw(rows.bytes.bytes, start, end);
    start = end;
  }
  return out.bytes.subarray(0, out.position);
}

/** Why the row was refused or nothing, then a value or nothing for each column. */
function writeOutcome(outcome: RowOutcome, { writes }: CodeUnit, out: ByteWriter): void {
  const refusal = outcome.ok ? unstorable(outcome.cells, writes) : refusalText(outcome);
  if (refusal !== null) out.text(refusal);
  else writeNull(out);
  for (let i = 0; i < writes.length; i++) {
    const cell = outcome.ok && refusal === null ? outcome.cells[i]! : null;
    if (cell === null) writeNull(out);
    else out.text(cell);
  }
}

/** Half of a surrogate pair would silently become another character as bytes, and no text of PostgreSQL holds NUL. */
export function unstorable(cells: readonly Cell[], writes: readonly string[]): string | null {
  const at = cells.findIndex((cell) => cell !== null && (!cell.isWellFormed() || cell.includes('\0')));
  return at < 0 ? null : `The code gave ${writes[at]} a character that cannot be stored.`;
}

function writeNull(out: ByteWriter): void {
  out.ensure(4);
  out.null();
}

/** The message is the code's own: one line of it, without what a terminal would obey. */
function refusalText({ message, line }: Extract<RowOutcome, { ok: false }>): string {
  const shown = shownText(message, LONGEST_MESSAGE);
  return line === null ? shown : `Line ${line} of the code: ${shown}`;
}
