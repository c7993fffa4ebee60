/** Small-integer codes → words, looked up by number: the fast form of the `choice` transform. */
import type { Lane } from '../lane.ts';
import { Misfit } from '../misfit.ts';
import { readInteger } from './reference.ts';

export interface ChoiceSpec {
  readonly map: Readonly<Record<string, string>>;
  readonly nullable: boolean;
}

/** Unknown codes are misfits here; other policies take the general lane. */
export function integerChoiceLane(field: number, spec: ChoiceSpec): Lane {
  const words = new Map<number, Buffer>();
  for (const [code, word] of Object.entries(spec.map)) {
    const text = Buffer.from(word);
    const encoded = Buffer.alloc(text.length + 4);
    encoded.writeInt32BE(text.length);
    text.copy(encoded, 4);
    words.set(Number(code), encoded);
  }
  return (row, out) => {
    if (row.lengths[field]! < 0) {
      if (!spec.nullable) return new Misfit('required-null', 'empty, but the column must not be');
      out.ensure(4);
      out.null();
      return null;
    }
    const word = words.get(readInteger(row, field));
    if (word === undefined) return new Misfit('unknown-choice', 'a code that the plan does not know');
    out.ensure(word.length);
    out.raw(word, 0, word.length);
    return null;
  };
}
