/**
 * Text that looks like something else – telephone numbers, yes and no, amounts, JSON – and numbers that look like moments.
 * The plan keeps every value as it is, since a sample is no promise; somebody who knows may have it changed.
 */
import type { PlanColumn, PlanEntity, Transform } from '../../plan/plan-file.ts';
import type { Column, Pattern } from '../../schema/catalog.ts';
import { epochUnitOf } from '../epoch-unit.ts';
import { holdColumn } from './hold-column.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

interface Form {
  readonly key: string;
  /** What the values look like: `text that looks like telephone numbers`. */
  readonly looks: string;
  readonly why: string;
  readonly keep: string;
  readonly others: readonly { readonly text: string; readonly type: string; readonly transform: Transform }[];
}

/** Fewer values say nothing. */
const LEAST_VALUES = 50;
const SIGNS = ['€', '$', '£', '¥', 'EUR', 'USD', 'GBP', 'CHF', 'JPY'];
const YES = new Set(['t', 'true', 'y', 'yes', 'on']);
const MOMENT = /(^|_)(ts|timestamp|epoch|unixtime|time|at|date|created|updated|modified|expires)(_ms)?$/i;
const TEXTS = new Set(['text', 'varchar', 'bpchar']);

export function askAboutForms({ entities, outline }: SuggestedPlan, ask: Ask): void {
  const tables = new Map(outline.entities.map(({ name, table }) => [name, table]));
  for (const entity of entities) {
    for (const column of entity.columns) {
      const source = tables.get(entity.name)?.columns.find(({ name }) => name === column.from);
      const form = source && isFree(entity, column) ? formOf(source) : null;
      if (form) askAboutForm(entity, column, form, ask);
    }
  }
}

/** Copied as it is, and nothing hangs on it: a value that changes could then no longer be told from another one. */
function isFree(entity: PlanEntity, { to, transform, range, default: standard }: PlanColumn): boolean {
  const plain = !Array.isArray(transform) && transform.kind === 'copy';
  const bound =
    entity.uniques.some(({ columns }) => columns.includes(to)) ||
    entity.checks.some(({ expression }) => expression.includes(to));
  return plain && !bound && to !== 'legacy_id' && range === undefined && standard === undefined;
}

function formOf({ name, type, profile }: Column): Form | null {
  if (!profile || profile.sampledRows * (1 - profile.nullRate) < LEAST_VALUES) return null;
  if (!TEXTS.has(type.name)) return momentForm(name, profile.min, profile.max, type.name);
  const share = (pattern: Pattern) => profile.patterns[pattern] ?? 0;
  if (share('json') >= 0.98) return JSON_TEXT;
  if (share('boolean-word') === 1 && profile.codes !== null)
    return booleanForm(profile.codes.map(({ value }) => value));
  if (share('phone') >= 0.95 && profile.personal?.kind === 'phone') return PHONE;
  return share('money') >= 0.98 ? MONEY : null;
}

const JSON_TEXT: Form = {
  key: 'form-json',
  looks: 'text that looks like JSON',
  why: 'As JSON it can be searched; the order of its parts, and a part that stands twice, are then lost. What is no JSON would be kept as a text within.',
  keep: 'Keep the text letter for letter',
  others: [
    {
      text: 'Make it JSON that can be searched',
      type: 'jsonb',
      transform: { kind: 'json', otherwise: 'text' },
    },
  ],
};

const PHONE: Form = {
  key: 'form-phone',
  looks: 'text that looks like telephone numbers',
  why: 'In the international form the same number is written in one way only. How it was written before is then lost; numbers without a country stay as they are.',
  keep: 'Keep them as they are written',
  others: [
    {
      text: 'Write those with a country in the international form',
      type: 'text',
      transform: { kind: 'phone', check: 'valid', extension: 'keep', otherwise: 'keep' },
    },
  ],
};

const money = (point: '.' | ',', thousands: '.' | ','): Form['others'][number] => ({
  text: `Make them amounts; they are written like ${point === '.' ? '1,234.50' : '1.234,50'}`,
  type: 'numeric(16,2)',
  transform: { kind: 'money', scale: 2, point, thousands, signs: SIGNS },
});

const MONEY: Form = {
  key: 'form-money',
  looks: 'text that looks like amounts of money',
  why: 'Amounts can be summed, texts cannot. The sign of the currency is then lost, and an amount that is written in another way would be set aside with its record.',
  keep: 'Keep the text',
  others: [money('.', ','), money(',', '.')],
};

function booleanForm(words: readonly string[]): Form | null {
  const isYes = (word: string) => YES.has(word.trim().toLowerCase());
  const [yes, no] = [words.filter(isYes), words.filter((word) => !isYes(word))];
  if (yes.length === 0 || no.length === 0) return null;
  return {
    key: 'form-boolean',
    looks: 'text that looks like yes and no',
    why: 'As yes or no it cannot be anything else by mistake. A record with another word would be set aside.',
    keep: 'Keep the words',
    others: [
      { text: 'Make it yes or no', type: 'boolean', transform: { kind: 'boolean', true: yes, false: no } },
    ],
  };
}

function momentForm(name: string, min: string | null, max: string | null, type: string): Form | null {
  if ((type !== 'int4' && type !== 'int8') || !MOMENT.test(name) || min === null || max === null) return null;
  const unit = epochUnitOf(min, max);
  if (unit === null) return null;
  return {
    key: `form-${unit}`,
    looks: `numbers that look like moments, counted in ${unit}`,
    why: 'As moments they can be read and compared with others. No digit is lost.',
    keep: 'Keep the numbers',
    others: [
      { text: 'Make them moments', type: 'timestamp with time zone', transform: { kind: 'epoch', unit } },
    ],
  };
}

function askAboutForm(entity: PlanEntity, column: PlanColumn, form: Form, ask: Ask): void {
  const name = `${entity.name}.${column.to}`;
  ask({
    about: { entity: entity.name, column: column.to },
    text: `${name} holds ${form.looks}. What should become of it?`,
    why: form.why,
    required: false,
    choices: [
      { text: form.keep, changes: [holdColumn(entity, column)] },
      ...form.others.map(({ text, type, transform }) => ({
        text,
        changes: [
          {
            kind: 'put-column' as const,
            entity: entity.name,
            column: { ...column, type, transform, confidence: 0.95, reason: 'as was answered' },
          },
        ],
      })),
    ],
    recommended: 0,
    together: {
      key: form.key,
      subject: name,
      text: (subjects) =>
        `${count(subjects.length, 'field holds', 'fields hold')} ${form.looks}: ${someOf(subjects)}. What should become of them?`,
    },
  });
}
