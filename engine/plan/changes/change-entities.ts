/** Changes of one kind of record as a whole: its settings and its filter. */
import { withoutValues } from '../../core/redaction.ts';
import { readBesides } from '../check-columns.ts';
import { conditionProblem, PLAIN_CONDITION } from '../condition.ts';
import { type DedupeRule, dedupeWords } from '../dedupe-rule.ts';
import type { PlanEntity } from '../plan-file.ts';
import { AFTER_PHASE, type ChangeWords, chooseEntity, refused } from './choose.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';

/** What is null stays as it is. */
export function setEntity(edit: PlanEdit, change: ChangeOf<'set-entity'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const { dedupe, financial, maxFailureRate } = change;
  if (dedupe === true && entity.key.kind !== 'none')
    throw refused(
      `${entity.name} has a key, so no two of its records are equal.`,
      'Say by which columns its records are the same, under “dedupe” of the entity.',
    );
  const map = edit.entity(entity.name);
  if (financial !== null) edit.set(map, 'financial', financial || undefined, AFTER_PHASE);
  if (dedupe !== null) edit.set(map, 'dedupe', dedupe || undefined, AFTER_PHASE);
  if (maxFailureRate !== null) edit.set(map, 'maxFailureRate', maxFailureRate, AFTER_PHASE);
  const rate = edit.plan.settings.maxFailureRate;
  const next: Settings = {
    dedupe: dedupe ?? entity.dedupe,
    financial: financial ?? entity.financial,
    maxFailureRate: maxFailureRate ?? entity.maxFailureRate,
  };
  return { before: told(entity.name, entity, rate), after: told(entity.name, next, rate) };
}

interface Settings {
  readonly dedupe: boolean | DedupeRule;
  readonly financial: boolean;
  readonly maxFailureRate?: number | undefined;
}

function told(name: string, { dedupe, financial, maxFailureRate }: Settings, usual: number): string {
  const share = `${Math.round((maxFailureRate ?? usual) * 10_000) / 100} %`;
  return [
    `${name}: at most ${share} may be set aside`,
    financial ? 'it counts as money' : 'it does not count as money',
    typeof dedupe === 'boolean'
      ? dedupe
        ? 'of equal rows one is kept.'
        : 'equal rows are all kept.'
      : `${dedupeWords(dedupe)}.`,
  ].join('; ');
}

export function setMerge(edit: PlanEdit, change: ChangeOf<'set-merge'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const missing = change.merge?.by.filter((name) => !entity.columns.some(({ to }) => to === name)) ?? [];
  if (missing.length > 0)
    throw refused(
      `${entity.name} moves no column ${missing.join(', ')}, so rows cannot be known by it.`,
      `Its columns: ${entity.columns.map(({ to }) => to).join(', ')}.`,
    );
  edit.set(edit.entity(entity.name), 'merge', change.merge ?? undefined, AFTER_PHASE);
  return {
    before: mergeWords(entity.name, entity.merge),
    after: mergeWords(entity.name, change.merge ?? undefined),
  };
}

function mergeWords(name: string, merge: PlanEntity['merge']): string {
  if (merge === undefined) return `${name}: every record is added.`;
  const what = merge.onMatch === 'keep' ? 'keep what they are' : 'get the old values';
  return `${name}: records with the same ${merge.by.join(' and ')} as one that is there ${what}.`;
}

export function setDedupe(edit: PlanEdit, change: ChangeOf<'set-dedupe'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  if (entity.key.kind === 'none')
    throw refused(
      `${entity.name} has no key, so nothing could lead to the record that is kept.`,
      'Of a table without a key one of several rows that are equal in everything can be kept.',
    );
  const known = sourceColumns(entity);
  const { by = [], loses = [], orderBy } = change.dedupe ?? {};
  const missing = [...by, ...loses, ...(orderBy === undefined ? [] : [orderBy])].filter(
    (name) => !known.includes(name),
  );
  if (missing.length > 0)
    throw refused(
      `${entity.source.table} has no column ${missing.join(', ')} that the plan knows.`,
      `Columns of the old table: ${known.join(', ')}.`,
    );
  const rule = change.dedupe ?? false;
  edit.set(edit.entity(entity.name), 'dedupe', change.dedupe ?? undefined, AFTER_PHASE);
  return {
    before: `${entity.name}: ${dedupeWords(entity.dedupe)}.`,
    after: `${entity.name}: ${dedupeWords(rule)}.`,
  };
}

export function setFilter(edit: PlanEdit, change: ChangeOf<'set-filter'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const where = change.where?.trim() ?? null;
  const problem = where === null ? null : conditionProblem(where, sourceColumns(entity));
  if (problem !== null && where !== entity.where)
    throw refused(`The filter cannot be used. ${problem}`, PLAIN_CONDITION);
  if (where !== (entity.where ?? null))
    edit.set(edit.entity(entity.name), 'where', where ?? undefined, AFTER_PHASE);
  return {
    before: filterWords(entity.name, withoutTexts(entity.where ?? null)),
    after: filterWords(entity.name, where),
  };
}

/** What stood there may quote somebody; what was asked for is no secret to who asked. */
function withoutTexts(where: string | null): string | null {
  return where === null ? null : withoutValues(where.replace(/'(?:[^']|'')*'/g, "'…'"));
}

function filterWords(name: string, where: string | null): string {
  return where === null
    ? `All of ${name} move.`
    : `Of ${name} only those move for which: ${where.replace(/\s+/g, ' ')}`;
}

/** As far as the plan knows them. */
export function sourceColumns(entity: PlanEntity): string[] {
  return [
    ...new Set([
      ...entity.key.columns,
      ...entity.leftOut.map(({ column }) => column),
      ...entity.columns.flatMap((column) => [
        ...(column.from === undefined ? [] : [column.from]),
        ...readBesides(column),
      ]),
      ...(entity.code ?? []).flatMap(({ reads }) => reads),
    ]),
  ];
}
