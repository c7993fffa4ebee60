/** References: a parent's legacy key becomes the parent's id; no look-up, only “is it there?”. */
import type { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { RowView } from '../../db/binary/row-reader.ts';
import type { Lane, RowState } from '../lane.ts';
import { Misfit } from '../misfit.ts';
import type { ParentKeys } from '../parent-keys.ts';
import { uuidText } from '../uuid-v5.ts';

export interface ReferenceSpec {
  /** Target column. */
  readonly column: string;
  /** Source column, for the note of what was replaced. */
  readonly source: string;
  readonly nullable: boolean;
  readonly onMissing: 'quarantine' | 'null';
  /** Written on trust in the first pass, because the parent may come later; checked once settled. */
  readonly deferred: boolean;
  readonly wire: 'binary' | 'text';
}

/** The foreign key arrives as a binary integer of 2, 4 or 8 bytes. */
export function integerReferenceLane(field: number, parent: ParentKeys, spec: ReferenceSpec): Lane {
  return (row, out, state) => {
    const length = row.lengths[field]!;
    if (length < 0) return writeNull(spec, out);
    const key = readInteger(row, field);
    const checked = !spec.deferred || (state.settled && parent.complete);
    if (checked && !parent.hasInteger(key)) return missing(spec, String(key), out, state);
    out.ensure(20);
    out.int32(16);
    parent.writeInteger(key, out);
    return spec.wire === 'text' ? idAsText(out) : null;
  };
}

/** The foreign key arrives as text. */
export function textReferenceLane(field: number, parent: ParentKeys, spec: ReferenceSpec): Lane {
  return (row, out, state) => {
    if (row.lengths[field]! < 0) return writeNull(spec, out);
    return writeTextReference(row, field, field, parent, spec, out, state);
  };
}

/** The source has looked the parent up: one field holds what the row says, the other the parent's key, if there is one. */
export function foundReferenceLane(
  ownField: number,
  keyField: number,
  parent: ParentKeys,
  spec: ReferenceSpec,
): Lane {
  return (row, out, state) => {
    if (row.lengths[ownField]! < 0) return writeNull(spec, out);
    if (row.lengths[keyField]! < 0) return missing(spec, fieldText(row, ownField), out, state);
    return writeTextReference(row, keyField, ownField, parent, spec, out, state);
  };
}

/** A generic relation: one column names the kind of parent, another its key; both arrive as text. */
export function polymorphicLane(
  typeField: number,
  keyField: number,
  parents: ReadonlyMap<string, ParentKeys>,
  spec: ReferenceSpec,
): Lane {
  return (row, out, state) => {
    if (row.lengths[keyField]! < 0 || row.lengths[typeField]! < 0) return writeNull(spec, out);
    const type = fieldText(row, typeField);
    const parent = parents.get(type);
    if (parent) return writeTextReference(row, keyField, keyField, parent, spec, out, state);
    if (spec.onMissing === 'null') return missing(spec, `${type}:${fieldText(row, keyField)}`, out, state);
    return new Misfit('unknown-parent-type', 'points to a kind of record that is not migrated');
  };
}

/** Reads int2, int4 or int8; beyond 2^53 the result is not exact, which compiling rules out. */
export function readInteger(row: RowView, field: number): number {
  const { bytes } = row;
  const at = row.offsets[field]!;
  switch (row.lengths[field]) {
    case 4:
      return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    case 8:
      return bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4);
    default:
      return bytes.readInt16BE(at);
  }
}

export function fieldText(row: RowView, field: number): string {
  const at = row.offsets[field]!;
  return row.bytes.toString('utf8', at, at + row.lengths[field]!);
}

/** Replaces the 16 raw bytes just written by their 36 characters. */
export function idAsText(out: ByteWriter): null {
  const text = uuidText(out.bytes, out.position - 16);
  out.position -= 20;
  out.text(text);
  return null;
}

/** `ownField` is what a note says was there. */
function writeTextReference(
  row: RowView,
  field: number,
  ownField: number,
  parent: ParentKeys,
  spec: ReferenceSpec,
  out: ByteWriter,
  state: RowState,
): Misfit | null {
  const start = row.offsets[field]!;
  const end = start + row.lengths[field]!;
  const checked = !spec.deferred || (state.settled && parent.complete);
  if (checked && !parent.hasText(row.bytes, start, end))
    return missing(spec, fieldText(row, ownField), out, state);
  out.ensure(20);
  out.int32(16);
  parent.writeText(row.bytes, start, end, out);
  return spec.wire === 'text' ? idAsText(out) : null;
}

function writeNull(spec: ReferenceSpec, out: ByteWriter): Misfit | null {
  if (!spec.nullable) return new Misfit('required-null', 'empty, but the column must not be');
  out.ensure(4);
  out.null();
  return null;
}

function missing(spec: ReferenceSpec, key: string, out: ByteWriter, state: RowState): Misfit | null {
  if (spec.onMissing === 'quarantine' || !spec.nullable) {
    return new Misfit('orphan-reference', 'points to a record that is not in the new system');
  }
  state.repairs.push({ column: spec.column, rule: 'orphan-reference', source: spec.source, original: key });
  out.ensure(4);
  out.null();
  return null;
}
