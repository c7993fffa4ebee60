/** E-mail addresses in their normal form; what is none, or repeats one, gets a placeholder or does not fit. */
import { normalizeEmail } from '../email.ts';
import type { RowState } from '../lane.ts';
import { Misfit } from '../misfit.ts';
import { placeholderText } from '../placeholder.ts';
import type { Step, StepContext, TransformOf } from './step.ts';

export function emailStep(
  { unique, placeholderDomain, onMalformed, onDuplicate }: TransformOf<'email'>,
  { column, source, duplicates }: Pick<StepContext, 'column' | 'source' | 'duplicates'>,
): Step {
  const placeholder = (original: string, rule: 'malformed-email' | 'duplicate-email', state: RowState) => {
    state.repairs.push({ column, rule, source, original });
    return placeholderText(`legacy-{key}@${placeholderDomain}`, state.ids);
  };
  return (value, state) => {
    if (value === null) return null;
    const email = normalizeEmail(value);
    if (email === null) {
      return onMalformed === 'misfit'
        ? new Misfit('malformed-value', 'not an e-mail address')
        : placeholder(value, 'malformed-email', state);
    }
    if (!unique || !duplicates.has(state.ids.keyText())) return email;
    return onDuplicate === 'misfit'
      ? new Misfit('duplicate-value', 'the address of an earlier row')
      : placeholder(value, 'duplicate-email', state);
  };
}
