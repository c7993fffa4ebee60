/** The row's own id and its legacy key: computed once a row before the lanes run, written by them. */
import type { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { RowView } from '../../db/binary/row-reader.ts';
import type { Lane } from '../lane.ts';
import type { IdMaker } from '../uuid-v5.ts';
import { idAsText, readInteger } from './reference.ts';

/** Reads the key of a row into the id maker. */
export type KeyReader = (row: RowView, ids: IdMaker) => void;

export function integerKeyReader(field: number): KeyReader {
  return (row, ids) => ids.fromInteger(readInteger(row, field));
}

export function textKeyReader(field: number): KeyReader {
  return (row, ids) => {
    const start = row.offsets[field]!;
    ids.fromBytes(row.bytes, start, start + row.lengths[field]!);
  };
}

/** The uuid primary key. */
export function idLane(wire: 'binary' | 'text'): Lane {
  return (_row, out, { ids }) => {
    out.ensure(20);
    out.int32(16);
    ids.write(out);
    return wire === 'text' ? idAsText(out) : null;
  };
}

/** The legacy key as text, for composite keys and tables without one. */
export function legacyKeyLane(): Lane {
  return (_row, out, { ids }) => {
    writeKeyText(ids, out);
    return null;
  };
}

/** The key's text as a field. */
export function writeKeyText(ids: IdMaker, out: ByteWriter): void {
  const length = ids.keyEnd - ids.keyStart;
  out.ensure(length + 4);
  out.int32(length);
  for (let i = ids.keyStart; i < ids.keyEnd; i++) out.bytes[out.position++] = ids.keyBytes[i]!;
}
