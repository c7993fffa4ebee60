/**
 * Leaves a table behind. Others that point at it: where such a link may be empty when it leads nowhere, it is given up and
 * the old number kept in the notes of the record; where it may not, the change is refused, because their records would
 * all be set aside.
 */

import { isMap, isSeq } from 'yaml';
import { withoutValues } from '../../core/redaction.ts';
import { singularOf, wordsOf } from '../../schema/words.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../plan-file.ts';
import { transformsOf } from '../transforms.ts';
import { AFTER_TYPE, type ChangeWords, chooseEntity, metadataColumn, refused } from './choose.ts';
import { dropColumn, keepInMetadata } from './drop-column.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';
import { riskWithout } from './risk-without.ts';
import { joinNames } from './words.ts';

export function excludeEntity(edit: PlanEdit, change: ChangeOf<'exclude-entity'>): ChangeWords {
  const { plan } = edit;
  const left = excludedAlready(plan, change.entity.trim());
  if (left) {
    const told = `${left.table} stays behind: ${withoutValues(left.reason)}`;
    return { before: told, after: told };
  }
  const entity = chooseEntity(plan, change.entity);
  const { name, source, estimatedRows } = entity;
  if (plan.entities.length === 1)
    throw refused(`${name} is all that moves.`, 'A plan without it would move nothing.');
  const links = linksTo(plan, name);
  refuseRequired(name, links);
  for (const link of links) giveUp(edit, link, name);
  takeOut(edit, entity);
  edit
    .list(edit.root(), 'excluded', ['phases', 'groups'])
    .add(edit.document.createNode({ schema: source.schema, table: source.table, reason: change.reason }));
  const given = links.map(({ entity: other, column }) => `${column.to} of ${other.name}`);
  const also =
    given.length === 0
      ? ''
      : ` ${joinNames(given)} no longer ${given.length === 1 ? 'points' : 'point'} at it; the old numbers stay in the notes.`;
  return {
    before: `${name}: ${estimatedRows.toLocaleString('en-US')} records of ${source.table} move.`,
    after: `${source.table} stays behind: ${change.reason}.${also}`,
  };
}

/** Once it is gone the plan knows its table's name only, with a first word that all tables may share. */
function excludedAlready(plan: PlanFile, said: string): PlanFile['excluded'][number] | undefined {
  const exact = plan.excluded.find(({ table, schema }) => [table, `${schema}.${table}`].includes(said));
  if (exact) return exact;
  const normal = (words: readonly string[]) => words.map(singularOf).join(' ');
  const wanted = normal(wordsOf(said));
  if (
    plan.entities.some(({ name, source }) =>
      [name, source.table].some((own) => normal(wordsOf(own)) === wanted),
    )
  )
    return undefined;
  return plan.excluded.find(({ table }) =>
    [wordsOf(table), wordsOf(table).slice(1)].some((words) => words.length > 0 && normal(words) === wanted),
  );
}

interface Link {
  readonly entity: PlanEntity;
  readonly column: PlanColumn;
}

function linksTo(plan: PlanFile, name: string): Link[] {
  return plan.entities
    .filter((entity) => entity.name !== name)
    .flatMap((entity) => entity.columns.map((column) => ({ entity, column })))
    .filter(({ column }) =>
      transformsOf(column).some(
        (step) =>
          (step.kind === 'reference' && step.entity === name) ||
          (step.kind === 'polymorphic' && Object.values(step.entities).includes(name)),
      ),
    );
}

function refuseRequired(name: string, links: readonly Link[]): void {
  const required = links.filter(({ column }) =>
    transformsOf(column).some((step) => 'onMissing' in step && step.onMissing !== 'null'),
  );
  if (required.length === 0) return;
  const places = required.map(({ entity, column }) => `${entity.name} (${column.to})`);
  throw refused(
    `${name} cannot stay behind: ${joinNames(places)} ${required.length === 1 ? 'points' : 'point'} at it, and would be set aside without it.`,
    'Leave those out first, or let such a link be empty where it may be: set what happens when it leads nowhere.',
  );
}

/** Of a link to one of several kinds, only this kind goes. */
function giveUp(edit: PlanEdit, { entity, column }: Link, name: string): void {
  const [step] = transformsOf(column);
  if (step?.kind === 'polymorphic') {
    const entities = Object.fromEntries(
      Object.entries(step.entities).filter(([, target]) => target !== name),
    );
    if (Object.keys(entities).length > 0) {
      edit.set(edit.column(entity.name, column.to), 'transform', { ...step, entities }, AFTER_TYPE);
      return;
    }
  }
  dropColumn(edit, entity, column);
  keepInMetadata(edit, entity, column, metadataColumn(entity));
}

function takeOut(edit: PlanEdit, { name, estimatedRows }: PlanEntity): void {
  const { plan } = edit;
  const root = edit.root();
  const entities = root.get('entities');
  // What stands above the first one is, to the library, about the list.
  if (isSeq(entities) && plan.entities[0]!.name === name) entities.commentBefore = null;
  edit.remove(root, 'entities', (item) => (item as { name?: unknown }).name === name);
  const groups = root.get('groups');
  if (isMap(groups)) {
    for (const group of Object.keys(plan.groups)) {
      const members = groups.get(group);
      if (!isSeq(members) || !plan.groups[group]!.includes(name)) continue;
      edit.remove(groups, group, (member) => member === name);
    }
  }
  const phases = root.get('phases');
  if (isSeq(phases)) {
    for (const phase of phases.items)
      if (isMap(phase)) edit.remove(phase, 'entities', (item) => item === name);
    phases.items = phases.items.filter((phase) => isMap(phase) && phase.has('entities'));
  }
  takeOutOfRisks(edit, name);
  const { rows, bytes, seconds } = plan.estimate;
  const share = rows > 0 ? Math.min(1, estimatedRows / rows) : 0;
  const less = {
    rows: rows - Math.min(rows, estimatedRows),
    bytes: Math.round(bytes * (1 - share)),
    seconds: Math.ceil(seconds * (1 - share)),
  };
  const estimate = root.get('estimate');
  if (isMap(estimate)) for (const [key, value] of Object.entries(less)) edit.set(estimate, key, value, []);
}

function takeOutOfRisks(edit: PlanEdit, name: string): void {
  const names = edit.plan.entities.map((entity) => entity.name);
  const risks = edit.root().get('risks');
  if (!isSeq(risks)) return;
  for (const item of [...risks.items]) {
    const text = isMap(item) ? item.get('text') : undefined;
    if (!isMap(item) || typeof text !== 'string') continue;
    const next = riskWithout(text, name, names);
    if (next === null) risks.items.splice(risks.items.indexOf(item), 1);
    else if (next !== text) edit.set(item, 'text', next, []);
  }
  if (risks.items.length === 0) edit.root().delete('risks');
}
