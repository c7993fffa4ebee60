/**
 * Text from code → field of the target's type. Nothing is taken on trust: what the type cannot hold is a misfit here, also
 * where the row travels as text and the server would round it, and where a check of the plan lists the words allowed.
 */
import type { PlanEntity } from '../../plan/plan-file.ts';
import type { Encoder } from '../encoders.ts';
import { exactEncoder } from '../exact-encoder.ts';
import { Misfit } from '../misfit.ts';
import type { SqlType } from '../sql-type.ts';
import { allowedWords } from './allowed-words.ts';

/** Null where the type cannot be written at all. */
export function answerEncoder(
  entity: Pick<PlanEntity, 'checks'>,
  column: string,
  type: SqlType,
  wire: 'binary' | 'text',
): Encoder | null {
  const encode = exactEncoder(type, wire);
  if (!encode) return null;
  const rules: ((value: string) => Misfit | null)[] = [];
  const words = allowedWords(entity, column);
  if (words) {
    const known = new Set(words);
    rules.push((value) =>
      known.has(value) ? null : new Misfit('unknown-choice', 'not one of the words that the column may hold'),
    );
  }
  return (value, out) => {
    for (const rule of rules) {
      const misfit = rule(value);
      if (misfit) return misfit;
    }
    return encode(value, out);
  };
}
