/**
 * Text of an array → its binary form (source: array_recv in src/backend/utils/adt/arrayfuncs.c): dimensions, whether an
 * element is null, the elements' type, per dimension its length and first number, then the elements as fields.
 */
import type { ByteWriter } from '../db/binary/byte-writer.ts';
import { type ArrayValue, readArrayText } from './array-text.ts';
import { Misfit } from './misfit.ts';

/** Numbers of the element types; the same on every server (pg_type.dat). */
const ELEMENT_TYPES: Readonly<Record<string, number>> = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  json: 114,
  float4: 700,
  float8: 701,
  varchar: 1043,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
};

/** Null for element types whose number or binary form is not known here. */
export function arrayEncoder(
  element: string,
  encode: (value: string, out: ByteWriter) => Misfit | null,
): ((value: string, out: ByteWriter) => Misfit | null) | null {
  const type = ELEMENT_TYPES[element];
  if (type === undefined) return null;
  return (value, out) => {
    const array = readArrayText(value);
    return array === null
      ? new Misfit('malformed-value', 'not a list')
      : writeArray(array, type, encode, out);
  };
}

function writeArray(
  { lengths, starts, items }: ArrayValue,
  type: number,
  encode: (value: string, out: ByteWriter) => Misfit | null,
  out: ByteWriter,
): Misfit | null {
  out.ensure(16 + lengths.length * 8);
  const at = out.position;
  out.position += 4;
  out.int32(lengths.length);
  out.int32(items.includes(null) ? 1 : 0);
  out.int32(type);
  for (const [i, length] of lengths.entries()) {
    out.int32(length);
    out.int32(starts[i]!);
  }
  for (const item of items) {
    if (item === null) {
      out.ensure(4);
      out.null();
      continue;
    }
    const misfit = encode(item, out);
    if (misfit) {
      out.position = at;
      return misfit;
    }
  }
  const end = out.position;
  out.position = at;
  out.int32(end - at - 4);
  out.position = end;
  return null;
}
