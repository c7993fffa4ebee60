/** Places of a text that a pattern finds, replaced. */
import type { RE2JS } from 're2js';
import { MigrationError } from '../../core/errors.ts';
import { type Replacement, readReplacement } from '../../plan/replacement.ts';
import { Misfit } from '../misfit.ts';
import { onText, type Step, type TransformOf } from './step.ts';

/** A pattern is for a line or a page, not for a book: finding many places in one is no longer proportional. */
const MOST_CHARACTERS = 100_000;

/** @throws MigrationError PLAN_INVALID, where nobody checked the plan */
export function replaceStep(spec: TransformOf<'replace'>): Step {
  const replacement = readReplacement(spec);
  if (typeof replacement === 'string')
    throw new MigrationError({
      code: 'PLAN_INVALID',
      message: replacement,
      hint: 'Correct it in the plan file, then check it with: towpath map',
    });
  return onText((value) => {
    if (value.length > MOST_CHARACTERS)
      return new Misfit(
        'too-long',
        `longer than the ${MOST_CHARACTERS} characters that a pattern looks through`,
      );
    const replaced = replaceIn(value, replacement, spec.first);
    if (replaced !== null || spec.noMatch === 'keep') return replaced ?? value;
    return spec.noMatch === 'null' ? null : new Misfit('no-match', 'not of the form that the plan expects');
  });
}

/** Null where the pattern is not found. */
function replaceIn(value: string, { pattern, parts }: Replacement, first: boolean): string | null {
  const matcher = pattern.matcher(value);
  if (!matcher.find()) return null;
  let text = '';
  let at = 0;
  do {
    text += value.slice(at, matcher.start()) + partsOf(value, matcher, parts);
    at = matcher.end();
  } while (!first && matcher.find());
  return text + value.slice(at);
}

function partsOf(value: string, matcher: ReturnType<RE2JS['matcher']>, parts: Replacement['parts']): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    // A group that took no part begins at -1.
    else if (matcher.start(part) >= 0) text += value.slice(matcher.start(part), matcher.end(part));
  }
  return text;
}
