/**
 * A column by which people know a record (an address, a number, a code) that a few rows share: perhaps one record under several
 * keys, perhaps not. All of them move unless somebody says otherwise; where money would be lost it is not even offered.
 */
import { isText, moneySources } from '../../plan/check-dedupe.ts';
import type { DedupeRule } from '../../plan/dedupe-rule.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import type { Column, Table } from '../../schema/catalog.ts';

import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

/** Fewer rows tell nothing. */
const FEWEST_ROWS = 20;
/** More than this share is no mistake but the nature of the column. */
const FEW = 0.1;
const NATURAL = /(^|_)(e?_?mail|sku|ean|isbn|code|(customer|article|item|product)_?(number|no|nr))$/;

export function askAboutDuplicates({ entities, outline }: SuggestedPlan, ask: Ask): void {
  const tables = new Map(outline.entities.map(({ name, table }) => [name, table]));
  for (const entity of entities) {
    const table = tables.get(entity.name);
    if (!table || !mayLoseRows(entity, table)) continue;
    const column = table.columns.find((candidate) => isShared(candidate, table));
    if (column) askAbout(entity, column, ask);
  }
}

function askAbout(entity: PlanEntity, column: Column, ask: Ask): void {
  const set = (dedupe: DedupeRule | null) => [{ kind: 'set-dedupe' as const, entity: entity.name, dedupe }];
  const rule: DedupeRule = {
    by: [column.name],
    keep: 'first',
    ignoreCase: true,
    trim: true,
    loses: [],
  };
  ask({
    about: { entity: entity.name },
    text: `Some records of ${entity.name} share one ${column.name}. Are they the same, written down several times?`,
    why: 'Keeping all of them loses nothing. As one, the first of them moves; whatever refers to the others leads to it, and what only the others say stays in the old database.',
    required: false,
    choices: [
      { text: 'No, or I do not know: each of them moves.', changes: set(null) },
      { text: 'Yes: they are one, and the first of them by key moves.', changes: set(rule) },
      {
        text: 'Yes: they are one, and the last of them by key moves.',
        changes: set({ ...rule, keep: 'last' }),
      },
    ],
    recommended: 0,
    together: {
      key: 'duplicates',
      subject: `${column.name} of ${entity.name}`,
      text: (subjects) =>
        `${count(subjects.length, 'kind')} of records hold some that share a value by which people know them: ${someOf(subjects)}. Are they the same, written down several times?`,
    },
  });
}

function mayLoseRows(entity: PlanEntity, table: Table): boolean {
  return (
    entity.key.columns.length > 0 &&
    entity.merge === undefined &&
    !entity.financial &&
    moneySources(entity, table).length === 0
  );
}

/** By few of the rows that were looked at. */
function isShared(column: Column, table: Table): boolean {
  const { name, profile, type } = column;
  if (!profile || !isText(type) || !NATURAL.test(name.toLowerCase())) return false;
  const isKey = [table.primaryKey, ...table.foreignKeys].some((key) => key?.columns.includes(name));
  const present = Math.round(profile.sampledRows * (1 - profile.nullRate));
  const shared = present - profile.distinct;
  return !isKey && present >= FEWEST_ROWS && shared > 0 && shared <= present * FEW;
}
