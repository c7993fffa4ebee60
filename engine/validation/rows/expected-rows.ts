/**
 * What the plan says the target must hold: the source's rows through the very mapper that moved them, with all parents
 * known. Rows set aside are left out; a row that the mapper rejects without being set aside is told, because nobody
 * else knows of it.
 */
import type { ReadRows } from '../../copy/entity-load.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import { RowReader } from '../../db/binary/row-reader.ts';
import type { Session } from '../../db/database.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import type { KeySet } from '../../mapping/key-set.ts';
import { RowMapper } from '../../mapping/row-mapper.ts';
import type { IdMaker } from '../../mapping/uuid-v5.ts';

/** Keys of unrecorded rejects that are kept; the count goes on. */
const KEPT_KEYS = 10_000;

export interface ExpectedSource {
  readonly compiled: CompiledEntity;
  readonly read: ReadRows;
  readonly source: Session;
  /** Ids of the rows set aside. */
  readonly setAside: KeySet;
  /** Ids that rows without a row of their own would have had: left as the target held them, or the same record as another. */
  readonly leftAlone?: KeySet;
  /** The statement that reads the rows; the whole entity by default. */
  readonly sql?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A row as it must be: bytes[start..end) in COPY's binary frame; `ids` holds its id and legacy key. */
export type ExpectedVisitor = (bytes: Buffer, start: number, end: number, ids: IdMaker) => void;

export interface ExpectedRows {
  /** Rows read from the source. */
  readonly read: number;
  /** Rows that the target must hold. */
  readonly expected: number;
  readonly setAside: number;
  /** Rows that were left as the target held them, or are the same record as another. */
  readonly left: number;
  /** Rows the mapper rejects that are not recorded as set aside. */
  readonly unrecorded: number;
  readonly unrecordedKeys: readonly {
    readonly key: string;
    readonly reason: string;
    readonly column: string;
  }[];
}

/** Calls `visit` for every expected row; `afterChunk` may hold the stream up. */
export async function readExpectedRows(
  input: ExpectedSource,
  visit: ExpectedVisitor,
  afterChunk?: () => Promise<void>,
): Promise<ExpectedRows> {
  const { compiled, setAside, signal } = input;
  const mapper = new RowMapper(compiled, true);
  const { ids } = mapper;
  const out = new ByteWriter(1 << 16);
  const filtered = setAside.size > 0;
  const skipped = input.leftAlone && input.leftAlone.size > 0 ? input.leftAlone : null;
  const unrecordedKeys: { key: string; reason: string; column: string }[] = [];
  let expected = 0;
  let aside = 0;
  let left = 0;
  let unrecorded = 0;
  const reader = new RowReader(compiled.fields, (row) => {
    out.position = 0;
    const misfit = mapper.map(row, out);
    if (filtered && setAside.hasId(ids.words)) aside++;
    else if (skipped?.hasId(ids.words) || mapper.isDuplicate()) left++;
    else if (misfit === null) {
      expected++;
      visit(out.bytes, 0, out.position, ids);
    } else {
      unrecorded++;
      if (unrecordedKeys.length < KEPT_KEYS) {
        unrecordedKeys.push({ key: ids.keyText(), reason: misfit.message, column: misfit.column });
      }
    }
  });
  const sql = input.sql ?? copyExpectedSql(compiled);
  for await (const chunk of input.read(input.source, sql)) {
    signal?.throwIfAborted();
    reader.push(chunk);
    if (afterChunk) await afterChunk();
  }
  reader.end();
  return { read: reader.rows, expected, setAside: aside, left, unrecorded, unrecordedKeys };
}

function copyExpectedSql(compiled: CompiledEntity): string {
  return `copy (select ${compiled.select.join(', ')} from ${compiled.from}) to stdout (format binary)`;
}
