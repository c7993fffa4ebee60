/** Codes that become words, and words that become yes or no. */
import { Misfit } from '../misfit.ts';
import { onText, type Step, type StepContext, type TransformOf } from './step.ts';

export function choiceStep(
  { map, unknown }: TransformOf<'choice'>,
  { column, source }: Pick<StepContext, 'column' | 'source'>,
): Step {
  const words = new Map(Object.entries(map));
  return (value, state) => {
    if (value === null) return null;
    const word = words.get(value);
    if (word !== undefined) return word;
    if (unknown === 'keep') return value;
    if (unknown === 'quarantine') return new Misfit('unknown-choice', 'a code that the plan does not know');
    state.repairs.push({ column, rule: 'misfit-to-null', source, original: value });
    return null;
  };
}

export function booleanStep(words: TransformOf<'boolean'>): Step {
  const yes = new Set(words.true.map((word) => word.toLowerCase()));
  const no = new Set(words.false.map((word) => word.toLowerCase()));
  return onText((value) => {
    const word = value.trim().toLowerCase();
    if (yes.has(word)) return 'true';
    if (no.has(word)) return 'false';
    return new Misfit('malformed-value', 'neither one of the words for true nor for false');
  });
}
