/**
 * The transforms that work on a value's text, each a step: text or null in, text, null or a misfit out.
 * A column's transform is a list of steps; the encoder of the target type comes last.
 */
import type { Transform } from '../plan/plan-file.ts';
import { arrayStep } from './steps/array.ts';
import { booleanStep, choiceStep } from './steps/choice.ts';
import { emailStep } from './steps/email.ts';
import { epochText } from './steps/epoch.ts';
import { hashStep } from './steps/hash.ts';
import { jsonStep } from './steps/json.ts';
import { lookupStep } from './steps/lookup.ts';
import { maskStep } from './steps/mask.ts';
import { moneyReader } from './steps/money.ts';
import { phoneStep } from './steps/phone.ts';
import { replaceStep } from './steps/replace.ts';
import { splitStep } from './steps/split.ts';
import { onText, type Step, type StepContext } from './steps/step.ts';
import { templateStep } from './steps/template.ts';
import { timeZoneStep } from './steps/time-zone.ts';

/** The step of a transform; null for transforms that are no steps (ids, references, metadata, code). */
export function stepOf(transform: Transform, context: StepContext): Step | null {
  switch (transform.kind) {
    case 'copy':
    case 'cast':
      return (value) => value;
    case 'trim':
      return onText((value) => value.trim());
    case 'lower':
      return onText((value) => value.toLowerCase());
    case 'upper':
      return onText((value) => value.toUpperCase());
    case 'empty-to-null':
      return emptyToNull(transform.words ?? []);
    case 'default':
      return (value) => value ?? transform.value;
    case 'constant':
      return () => transform.value;
    case 'template':
      return templateStep(transform, context);
    case 'split':
      return splitStep(transform);
    case 'replace':
      return replaceStep(transform);
    case 'choice':
      return choiceStep(transform, context);
    case 'boolean':
      return booleanStep(transform);
    case 'time-zone':
      return timeZoneStep(transform);
    case 'epoch':
      return onText((value) => epochText(value, transform.unit));
    case 'json':
      return jsonStep(transform, context);
    case 'money':
      return onText(moneyReader(transform));
    case 'phone':
      return phoneStep(transform);
    case 'email':
      return emailStep(transform, context);
    case 'hash':
      return hashStep(transform, context);
    case 'mask':
      return maskStep(transform, context);
    case 'array': {
      const each = Array.isArray(transform.each) ? transform.each : [transform.each];
      return arrayStep(
        transform,
        each.map((step) => stepOf(step, context)!),
        context,
      );
    }
    case 'lookup':
      return lookupStep(transform, context);
    default:
      return null;
  }
}

function emptyToNull(list: readonly string[]): Step {
  const nothing = new Set(['', ...list.map((word) => word.trim().toLowerCase())]);
  return onText((value) => (nothing.has(value.trim().toLowerCase()) ? null : value));
}
