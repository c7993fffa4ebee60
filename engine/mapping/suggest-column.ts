/** One source column → one target column, with the transform, how sure, and why. Rules in the order in which they win. */

import type { NamingProfile } from '../plan/naming-profile.ts';
import type { EntityOutline } from '../plan/outline.ts';
import type { PlanColumn, Transform } from '../plan/plan-file.ts';
import type { QuestionDraft } from '../plan/questions.ts';
import type { Catalog, Column } from '../schema/catalog.ts';
import { suggestChoices } from './suggest-choices.ts';
import { suggestType, type TypeSuggestion } from './suggest-type.ts';
import { CURRENCY, MONEY } from './suggest-words.ts';

export interface SuggestContext {
  readonly entity: EntityOutline;
  readonly catalog: Catalog;
  readonly profile: NamingProfile;
  readonly timeZone: string;
  /** Day the plan is made, `YYYY-MM-DD`. */
  readonly today: string;
  /** Takes what a person has to decide; it is numbered when the plan is complete. */
  readonly ask: (question: QuestionDraft) => void;
}

export type ColumnSuggestion = Omit<PlanColumn, 'to' | 'from'>;

/** Null where the value has no column and goes to metadata. `labels` are words that a check should list. */
export function suggestColumn(
  column: Column,
  context: SuggestContext,
): { readonly column: ColumnSuggestion; readonly labels: readonly string[] | null } | null {
  const base = suggestType(column, context.catalog, context.timeZone);
  if (base.kind === 'metadata') return null;
  const choices = suggestChoices(column);
  if (choices) {
    const transform: Transform = { kind: 'choice', map: { ...choices.map }, unknown: 'quarantine' };
    const suggestion = start(column, {
      ...base,
      type: 'text',
      transform,
      confidence: choices.confidence,
      reason: choices.reason,
    });
    return { column: require(suggestion, column, context), labels: [...new Set(Object.values(choices.map))] };
  }
  const suggestion = withMoney(
    withLength(withEmail(start(column, base), column, context), column, context),
    column,
    context,
  );
  return {
    column: require(withRange(suggestion, column, context), column, context),
    labels: base.labels ?? null,
  };
}

function start(column: Column, base: Extract<TypeSuggestion, { kind: 'column' }>): ColumnSuggestion {
  const personal = column.profile?.personal?.kind;
  return {
    type: base.type,
    nullable: column.nullable,
    transform: base.transform,
    onMisfit: 'quarantine',
    ...(personal ? { personal } : {}),
    confidence: base.confidence,
    reason: column.generated ? `${base.reason}; was computed by the old database` : base.reason,
  };
}

function withEmail(
  suggestion: ColumnSuggestion,
  column: Column,
  { entity }: SuggestContext,
): ColumnSuggestion {
  if (!isText(suggestion.type) || !/(^|_)e_?mail(_address)?$/.test(column.name.toLowerCase()))
    return suggestion;
  const share = column.profile?.patterns.email ?? (column.profile && column.profile.sampledRows > 0 ? 0 : 1);
  const signIn = entity.users && /^e_?mail$/.test(column.name.toLowerCase());
  // Elsewhere an odd address is worth keeping as it is; only who signs in needs one of the right form.
  if (share < (signIn ? 0.5 : 0.98)) return suggestion;
  const declared = entity.table.uniques.some(
    (key) => key.columns.length === 1 && key.columns[0] === column.name,
  );
  const unique = signIn || declared;
  return {
    ...suggestion,
    transform: { kind: 'email', placeholderDomain: 'placeholder.invalid', unique },
    personal: 'email',
    confidence: signIn ? 0.95 : 0.85,
    reason: unique
      ? 'address to sign in with: lower case, one row each; odd or repeated ones get a placeholder'
      : 'e-mail address: lower case, odd ones get a placeholder',
  };
}

function withLength(
  suggestion: ColumnSuggestion,
  column: Column,
  { profile }: SuggestContext,
): ColumnSuggestion {
  if (suggestion.type !== 'text' || column.type.name !== 'text') return suggestion;
  const limit = own(profile.strict.lengths, column.name);
  if (limit === undefined) return suggestion;
  return {
    ...suggestion,
    type: `character varying(${limit})`,
    confidence: 0.85,
    reason: `at most ${limit} characters by its name; longer ones are set aside, never cut`,
  };
}

function withMoney(
  suggestion: ColumnSuggestion,
  column: Column,
  { entity }: SuggestContext,
): ColumnSuggestion {
  if (
    !suggestion.type.startsWith('numeric') ||
    suggestion.type.endsWith('[]') ||
    !MONEY.test(column.name.toLowerCase())
  )
    return suggestion;
  const money = moneyGroups(entity);
  if ((column.type.base ?? column.type).name === 'money') return { ...suggestion, money };
  const usual = column.profile?.usualSize;
  if (suggestion.type !== 'numeric')
    return { ...suggestion, money, reason: 'money, same digits; summed exactly on both sides' };
  // A few odd rows must not decide for a table of a dozen.
  const enough = (column.profile?.sampledRows ?? 0) >= 50;
  if (usual && enough && usual.p90 > 2)
    return {
      ...suggestion,
      money,
      confidence: 0.7,
      reason: 'money with more than two digits after the point',
    };
  return {
    ...suggestion,
    type: `numeric(${precision(column)},2)`,
    transform: { kind: 'money', scale: 2 },
    money,
    confidence: 0.85,
    reason: 'money: two digits after the point; others are set aside, never rounded',
  };
}

/** Columns to sum by: the currency, and the first moment that is never missing. */
function moneyGroups({ table }: EntityOutline): NonNullable<PlanColumn['money']> {
  const currency = CURRENCY.find((name) => table.columns.some((column) => column.name === name));
  const month = table.columns.find(
    (column) =>
      !column.nullable &&
      ['timestamp', 'timestamptz', 'date'].includes(column.type.name) &&
      !/^(updated|modified|valid|ends|due)/.test(column.name),
  );
  return { ...(currency ? { currency } : {}), ...(month ? { month: month.name } : {}) };
}

function precision(column: Column): number {
  const digits = [column.profile?.min, column.profile?.max]
    .map((value) => /^-?(\d+)/.exec(value ?? '')?.[1]?.length ?? 1)
    .reduce((a, b) => Math.max(a, b));
  return digits <= 12 ? 14 : digits + 4;
}

function withRange(
  suggestion: ColumnSuggestion,
  column: Column,
  { profile, today }: SuggestContext,
): ColumnSuggestion {
  const range = own(profile.strict.ranges, column.name);
  if (!range || !/^(smallint|integer|bigint|numeric|real|double|date|timestamp)/.test(suggestion.type))
    return suggestion;
  const max = range.max === 'plan date' ? today : range.max;
  const bounds = {
    ...(range.min === undefined ? {} : { min: range.min }),
    ...(max === undefined ? {} : { max }),
  };
  return {
    ...suggestion,
    range: bounds,
    confidence: 0.85,
    reason: /^(date|timestamp)/.test(suggestion.type)
      ? 'its name says which dates are possible; others do not fit'
      : `from ${range.min ?? 'anything'} to ${max ?? 'anything'} by its name`,
  };
}

const MOST_NULLS = 3;

function require(
  suggestion: ColumnSuggestion,
  column: Column,
  { profile }: SuggestContext,
): ColumnSuggestion {
  const seen = column.profile;
  if (!column.nullable || !profile.strict.required.includes(column.name) || !seen || seen.sampledRows === 0)
    return suggestion;
  const nulls = Math.round(seen.nullRate * seen.sampledRows);
  if (seen.nullRate >= 0.005 && !(nulls <= MOST_NULLS && seen.nullRate < 0.1)) return suggestion;
  const required = { ...suggestion, nullable: false, confidence: Math.min(suggestion.confidence, 0.85) };
  const value = profile.strict.defaultToMostFrequent.includes(column.name)
    ? seen.codes?.[0]?.value
    : undefined;
  if (value === undefined)
    return {
      ...required,
      reason: `${suggestion.reason}; next to never missing, so required: rows without it are set aside`,
    };
  return {
    ...required,
    default: value,
    reason: `${suggestion.reason}; next to never missing, so required: ${value} where it is`,
  };
}

function isText(type: string): boolean {
  return type === 'text' || type.startsWith('character');
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
