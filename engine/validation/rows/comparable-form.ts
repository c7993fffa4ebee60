/**
 * Columns whose bytes may differ although the values are the same get one form on both sides before they are hashed:
 * text that became jsonb in the target (order of keys, blanks, spelling of numbers), and char(n), which the target pads.
 * Entities without such a column are hashed as the bytes they are.
 */
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import { parseSqlType } from '../../mapping/sql-type.ts';
import { comparableJson } from './comparable-json.ts';
import type { RowHash } from './row-hash.ts';

type Form = 'bytes' | 'json' | 'padded';

const BLANK = 0x20;

/** The hash of rows of an entity; both sides must use the same one. */
export function rowHashFor(compiled: CompiledEntity, hash: RowHash): RowHash {
  const forms = compiled.columns.map((_, i) => formOf(compiled, i));
  if (forms.every((form) => form === 'bytes')) return hash;
  const out = new ByteWriter(1 << 16);
  return (bytes, start, _end, into) => {
    out.position = 0;
    let at = start + 2;
    for (const form of forms) {
      const length = int32(bytes, at);
      at += 4;
      writeField(form, bytes, at, length, out);
      if (length > 0) at += length;
    }
    hash(out.bytes, 0, out.position, into);
  };
}

function formOf(compiled: CompiledEntity, index: number): Form {
  // As text, expected values have been through the target's own types already.
  if (compiled.wire === 'text') return 'bytes';
  if (compiled.compare[index] === 'json') return 'json';
  const name = compiled.columns[index]!;
  const column = compiled.plan.columns.find((candidate) => candidate.to === name)!;
  const computed = compiled.laneColumns.includes(name);
  return computed && parseSqlType(column.type).name === 'bpchar' ? 'padded' : 'bytes';
}

function writeField(form: Form, bytes: Uint8Array, at: number, length: number, out: ByteWriter): void {
  const source = bytes as Buffer;
  if (length < 0) {
    out.ensure(4);
    out.null();
  } else if (form === 'json') {
    // Behind jsonb's version byte.
    out.text(comparableJson(source.toString('utf8', at + 1, at + length)));
  } else {
    let end = at + length;
    if (form === 'padded') while (end > at && source[end - 1] === BLANK) end--;
    out.field(source, at, end);
  }
}

function int32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
