/**
 * Rows that were there before and got the old system's values keep some columns as people have them (copy/left-by-update.ts).
 * Nobody knows what those must be, so they count as empty on both sides; of any other row every column is compared.
 */
import { leftByUpdate } from '../../copy/left-by-update.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import type { KeySet } from '../../mapping/key-set.ts';
import type { RowHash } from './row-hash.ts';
import { idField } from './row-id.ts';

/** Columns that are compared only in rows which the run inserted. */
export function unwrittenColumns({ plan }: CompiledEntity): ReadonlySet<string> {
  const { kept, joined } = leftByUpdate(plan);
  return new Set([...kept, ...joined]);
}

/** `updated`: ids of the rows that were there. */
export function hashOfWritten(compiled: CompiledEntity, hash: RowHash, updated: KeySet | undefined): RowHash {
  const unwritten = unwrittenColumns(compiled);
  if (!updated || updated.size === 0 || unwritten.size === 0) return hash;
  const skipped = compiled.columns.map((name) => unwritten.has(name));
  const field = idField(compiled);
  const id = new Int32Array(4);
  const out = new ByteWriter(1 << 16);
  return (bytes, start, end, into) => {
    const source = bytes as Buffer;
    readId(source, fieldAt(source, start, field), compiled.wire, id);
    if (!updated.hasId(id)) return hash(bytes, start, end, into);
    out.position = 0;
    let at = start + 2;
    for (const skip of skipped) {
      const length = source.readInt32BE(at);
      at += 4;
      if (skip || length < 0) {
        out.ensure(4);
        out.null();
      } else out.field(source, at, at + length);
      if (length > 0) at += length;
    }
    hash(out.bytes, 0, out.position, into);
  };
}

/** Where the value of a field begins. */
function fieldAt(row: Buffer, start: number, field: number): number {
  let at = start + 2;
  for (let i = 0; i < field; i++) at += 4 + Math.max(0, row.readInt32BE(at));
  return at + 4;
}

function readId(row: Buffer, at: number, wire: CompiledEntity['wire'], into: Int32Array): void {
  const text = wire === 'text' ? row.toString('latin1', at, at + 36).replaceAll('-', '') : null;
  for (let i = 0; i < 4; i++)
    into[i] = text === null ? row.readInt32BE(at + i * 4) : Number.parseInt(text.slice(i * 8, i * 8 + 8), 16);
}
