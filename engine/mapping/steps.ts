/**
 * The transforms that work on a value's text, each a step: text or null in, text, null or a misfit out.
 * A column's transform is a list of steps; the encoder of the target type comes last.
 */
import { parseDecimal, rescale } from '../db/binary/numeric.ts';
import type { Transform } from '../plan/plan-file.ts';
import { normalizeEmail } from './email.ts';
import type { RowState } from './lane.ts';
import { Misfit } from './misfit.ts';

export type Step = (value: string | null, state: RowState) => string | null | Misfit;

export interface StepContext {
  readonly column: string;
  readonly source: string;
  /** Keys of rows whose value was used by an earlier row already (for `unique` e-mail columns). */
  readonly duplicates: ReadonlySet<string>;
}

/** The step of a transform; null for transforms that are no steps (ids, references, metadata). */
export function stepOf(transform: Transform, context: StepContext): Step | null {
  switch (transform.kind) {
    case 'copy':
    case 'cast':
    case 'time-zone':
      return (value) => value;
    case 'trim':
      return onText((value) => value.trim());
    case 'lower':
      return onText((value) => value.toLowerCase());
    case 'upper':
      return onText((value) => value.toUpperCase());
    case 'empty-to-null':
      return (value) => (value === null || value.trim() === '' ? null : value);
    case 'default':
      return (value) => value ?? transform.value;
    case 'constant':
      return () => transform.value;
    case 'choice':
      return choiceStep(transform);
    case 'boolean':
      return booleanStep(transform);
    case 'epoch':
      return onText((value) => epochText(value, transform.unit));
    case 'json':
      return onText((value) => value);
    case 'money':
      return onText((value) => moneyText(value, transform.scale));
    case 'email':
      return emailStep(transform, context);
    default:
      return null;
  }
}

function onText(work: (value: string) => string | Misfit): Step {
  return (value) => (value === null ? null : work(value));
}

function choiceStep({ map, unknown }: Extract<Transform, { kind: 'choice' }>): Step {
  const words = new Map(Object.entries(map));
  return onTextOrNull((value) => {
    const word = words.get(value);
    if (word !== undefined) return word;
    if (unknown === 'keep') return value;
    if (unknown === 'null') return null;
    return new Misfit('unknown-choice', 'a code that the plan does not know');
  });
}

function onTextOrNull(work: (value: string) => string | null | Misfit): Step {
  return (value) => (value === null ? null : work(value));
}

function booleanStep(words: Extract<Transform, { kind: 'boolean' }>): Step {
  const yes = new Set(words.true.map((word) => word.toLowerCase()));
  const no = new Set(words.false.map((word) => word.toLowerCase()));
  return onText((value) => {
    const word = value.trim().toLowerCase();
    if (yes.has(word)) return 'true';
    if (no.has(word)) return 'false';
    return new Misfit('malformed-value', 'neither one of the words for true nor for false');
  });
}

const EPOCH_DIGITS = { seconds: 0, milliseconds: 3, microseconds: 6 } as const;

/** Unix time as ISO text in UTC, exact to the microsecond for any magnitude that PostgreSQL's calendar holds. */
function epochText(value: string, unit: 'seconds' | 'milliseconds' | 'microseconds'): string | Misfit {
  const decimal = parseDecimal(value);
  if (!decimal) return new Misfit('not-a-number', 'not a number of seconds');
  const scaled = rescale({ ...decimal, scale: decimal.scale + EPOCH_DIGITS[unit] }, 6);
  if (!scaled) return new Misfit('excess-scale', 'finer than a microsecond');
  const microseconds = scaled.negative ? -scaled.digits : scaled.digits;
  const seconds = microseconds >= 0n ? microseconds / 1_000_000n : -((-microseconds + 999_999n) / 1_000_000n);
  const fraction = microseconds - seconds * 1_000_000n;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1) {
    return new Misfit('out-of-range', 'beyond the calendar');
  }
  const [day, time] = date.toISOString().replace(/^\+0*/, '').split('T') as [string, string];
  return `${day} ${time.slice(0, 8)}.${String(fraction).padStart(6, '0')}+00`;
}

/** Money is never rounded: a value with more digits than the scale, or that is no number, does not fit. */
function moneyText(value: string, scale: number): string | Misfit {
  const decimal = parseDecimal(value);
  if (!decimal) return new Misfit('not-a-number', 'not a finite number');
  if (!rescale(decimal, scale)) {
    return new Misfit(
      'excess-scale',
      `more than ${scale} digits after the point, and money is never rounded`,
    );
  }
  return value;
}

function emailStep(transform: Extract<Transform, { kind: 'email' }>, context: StepContext): Step {
  return (value, state) => {
    if (value === null) return null;
    const email = normalizeEmail(value);
    const rule =
      email === null
        ? 'malformed-email'
        : transform.unique && context.duplicates.has(state.ids.keyText())
          ? 'duplicate-email'
          : null;
    if (rule === null) return email;
    state.repairs.push({ column: context.column, rule, source: context.source, original: value });
    return `legacy-${placeholderKey(state.ids.keyText())}@${transform.placeholderDomain}`;
  };
}

/** A legacy key as the local part of an address: what is not plain becomes its hex code, so keys stay distinct. */
function placeholderKey(key: string): string {
  return key.replace(/[^A-Za-z0-9]/gu, (c) => `-${c.codePointAt(0)!.toString(16)}-`).toLowerCase();
}
