/**
 * What somebody wants to change of a field, as a form holds it, and the change of the plan that it makes. Nothing of what the
 * server showed goes back into the plan: values in it may be masked. Null: the form does not say enough yet.
 */
import type { PlanChange } from '../../../../server/shapes/plan.ts';
import { isOfEveryRecord } from '../fields/field-order.ts';
import type { Column, Step } from '../fields/what-happens.ts';

export const wishes = [
  'value',
  'source',
  'misfit',
  'missing',
  'accept',
  'notes',
  'leaveOut',
  'rename',
] as const;
type WishKind = (typeof wishes)[number];

export const ways = [
  'copy',
  'trim',
  'lower',
  'upper',
  'emptyToNull',
  'choice',
  'boolean',
  'timeZone',
  'epoch',
  'money',
  'email',
  'phone',
  'json',
  'cast',
  'hash',
  'maskRedact',
  'maskDomain',
  'maskFake',
  'maskYear',
] as const;
export type Way = (typeof ways)[number];

export interface Wish {
  readonly kind: WishKind | null;
  readonly way: Way;
  /** What the way needs to know besides: a zone, codes and words, digits, a country; `no` the other words of a yes or no. */
  readonly detail: string;
  readonly no: string;
  readonly from: string;
  readonly misfit: 'quarantine' | 'null' | 'placeholder' | 'default';
  readonly missing: 'quarantine' | 'null';
  readonly name: string;
  readonly reason: string;
}

export function emptyWish(column: Column): Wish {
  return {
    ...{ kind: null, way: 'copy', detail: '', no: '', from: column.from ?? '' },
    ...{ misfit: column.onMisfit, missing: missingOf(column) ?? 'quarantine', name: column.to, reason: '' },
  };
}

function missingOf({ transform: [first] }: Column): Wish['missing'] | null {
  return first?.kind === 'reference' || first?.kind === 'polymorphic' ? first.onMissing : null;
}

/** What can be wanted of it; nothing of what every record has. */
export function possibleWishes(column: Column): readonly WishKind[] {
  if (isOfEveryRecord(column)) return [];
  const isLink = missingOf(column) !== null;
  const has: Readonly<Record<WishKind, boolean>> = {
    value: !isLink,
    source: column.from !== null,
    misfit: !isLink,
    missing: isLink,
    accept: column.confidence < 1,
    notes: column.from !== null,
    leaveOut: true,
    rename: true,
  };
  return wishes.filter((wish) => has[wish]);
}

/** `reason` stands in the plan where the person gave none. */
export function changeOf(
  wish: Wish,
  where: { entity: string; column: string },
  reason: string,
): PlanChange | null {
  const why = wish.reason.trim() === '' ? reason : wish.reason.trim();
  switch (wish.kind) {
    case null:
      return null;
    case 'value': {
      const step = stepOf(wish);
      return step === null ? null : { kind: 'set-column', ...where, transform: [step], reason: why };
    }
    case 'source':
      return wish.from === '' ? null : { kind: 'set-source', ...where, from: wish.from, reason: why };
    case 'misfit':
      return { kind: 'set-misfit-policy', ...where, onMisfit: wish.misfit };
    case 'missing':
      return { kind: 'set-missing-policy', ...where, onMissing: wish.missing };
    case 'accept':
      return { kind: 'review-suggestion', ...where, decision: 'accept' };
    case 'notes':
      return { kind: 'review-suggestion', ...where, decision: 'reject' };
    case 'leaveOut':
      // what stays behind is said by somebody, not by a form
      return wish.reason.trim() === '' ? null : { kind: 'leave-out-column', ...where, reason: why };
    case 'rename': {
      const to = wish.name.trim();
      return to === '' || to === where.column ? null : { kind: 'rename-column', ...where, to };
    }
  }
}

function stepOf({ way, detail, no }: Wish): Step | null {
  const said = detail.trim();
  switch (way) {
    case 'emptyToNull':
      return { kind: 'empty-to-null' };
    case 'choice': {
      const map = codesOf(said);
      return map === null ? null : { kind: 'choice', map, unknown: 'quarantine' };
    }
    case 'boolean': {
      const [yes, not] = [wordsOf(said), wordsOf(no)];
      return yes.length === 0 || not.length === 0 ? null : { kind: 'boolean', true: yes, false: not };
    }
    case 'timeZone':
      return said === '' ? null : { kind: 'time-zone', zone: said };
    case 'epoch':
      return { kind: 'epoch', unit: 'seconds' };
    case 'money':
      return /^\d{1,2}$/.test(said) && Number(said) <= 20 ? { kind: 'money', scale: Number(said) } : null;
    case 'email':
      return { kind: 'email', placeholderDomain: 'placeholder.invalid', unique: false };
    case 'phone':
      return {
        ...{ kind: 'phone', check: 'valid', extension: 'misfit' },
        ...(/^[A-Za-z]{2}$/.test(said) ? { country: said.toUpperCase() } : {}),
      };
    case 'hash':
      return { kind: 'hash', keyed: true };
    case 'maskRedact':
      return { kind: 'mask', style: 'redact' };
    case 'maskDomain':
      return { kind: 'mask', style: 'keep-domain' };
    case 'maskFake':
      return { kind: 'mask', style: 'fake' };
    case 'maskYear':
      return { kind: 'mask', style: 'year-only' };
    default:
      return { kind: way };
  }
}

/** One a line: `0 = draft`. Null where a line says something else. */
export function codesOf(text: string): Record<string, string> | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => /^\s*([^=]+?)\s*=\s*(\S.*?)\s*$/.exec(line));
  if (pairs.length === 0 || pairs.some((pair) => pair === null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]));
}

/** The codes that it has, to be edited; empty where one of them was masked or cut before it was shown. */
export function codesText({ transform }: Column): string {
  const step = transform.find(({ kind }) => kind === 'choice');
  if (step?.kind !== 'choice') return '';
  const lines = Object.entries(step.map).map(([code, word]) => `${code} = ${word}`);
  return lines.some((line) => /[•…]/.test(line)) ? '' : lines.join('\n');
}

function wordsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
