/**
 * An encoder that takes nothing on trust: what the type cannot hold is a misfit here, also where the row travels as text
 * and the server would round it or refuse the whole row.
 */
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { type Encoder, encoderFor } from './encoders.ts';
import type { Misfit } from './misfit.ts';
import type { SqlType } from './sql-type.ts';

/** Null where the type cannot be written at all. As text, types that only the server can read are written as they are. */
export function exactEncoder(type: SqlType, wire: 'binary' | 'text'): Encoder | null {
  const encode = encoderFor(type, wire);
  const exact = wire === 'text' ? encoderFor(type, 'binary') : null;
  if (encode === null || exact === null) return encode;
  const fits = tryOut(exact);
  return (value, out) => fits(value) ?? encode(value, out);
}

function tryOut(encode: Encoder): (value: string) => Misfit | null {
  const scratch = new ByteWriter(256);
  return (value) => {
    scratch.position = 0;
    return encode(value, scratch);
  };
}
