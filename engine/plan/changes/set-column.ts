/**
 * Another way for a column's values: with it go its type, its place in the order of levels, and the check on its words.
 * A link stays a link and a value a value where the plan alone cannot know the type of the other.
 */
import { quoteIdentifier, quoteLiteral } from '../../db/quote.ts';
import { hasPlaceholder } from '../has-placeholder.ts';
import type { PlanColumn, PlanEntity, PlanFile, Transform } from '../plan-file.ts';
import { templateParts } from '../template-parts.ts';
import { transformWords } from '../transform-words.ts';
import { transformsOf } from '../transforms.ts';
import {
  AFTER_TRANSFORM,
  AFTER_TYPE,
  type ChangeWords,
  chooseEntity,
  chooseOwnColumn,
  refused,
} from './choose.ts';
import { refuseWrittenTogether } from './drop-column.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import { namesIn } from './expression-names.ts';
import type { ChangeOf } from './plan-change.ts';
import { goneWithIt } from './words.ts';

/** A choice made on request is surer than a suggestion, and less than one that a person accepted. */
export const CHOSEN = 0.95;
const POINTING = new Set<Transform['kind']>(['uuid', 'reference', 'polymorphic', 'metadata']);
const ALONE = new Set<Transform['kind']>(['uuid', 'reference', 'polymorphic', 'metadata', 'code']);

export function setColumn(edit: PlanEdit, change: ChangeOf<'set-column'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const column = chooseOwnColumn(entity, change.column);
  const steps = change.transform;
  const before = wordsOf(entity, column, transformsOf(column));
  if (sameSteps(transformsOf(column), steps)) return { before, after: before };
  refuseWrittenTogether(entity, column.to);
  refuseSteps(edit.plan, entity, column, steps);
  const node = edit.column(entity.name, column.to);
  const [first] = steps;
  const plainCopy = steps.length === 1 && first!.kind === 'copy';
  const type = typeOf(steps, column.type);
  edit.set(node, 'type', type, ['to', 'from']);
  edit.set(node, 'transform', plainCopy ? undefined : steps.length === 1 ? first : steps, AFTER_TYPE);
  if (
    POINTING.has(first!.kind) ||
    (column.onMisfit === 'placeholder' && !hasPlaceholder({ ...column, type }))
  )
    edit.set(node, 'onMisfit', undefined, []);
  edit.set(node, 'confidence', CHOSEN, AFTER_TRANSFORM);
  edit.set(node, 'reason', change.reason, [...AFTER_TRANSFORM, 'confidence']);
  deferWhereNeeded(edit, entity, column, steps);
  const gone = renewChecks(edit, entity, column, { steps, type });
  return { before, after: `${wordsOf(entity, column, steps)}${goneWithIt(gone)}` };
}

function wordsOf(entity: PlanEntity, { to }: PlanColumn, steps: readonly Transform[]): string {
  return `${to} of ${entity.name} ${transformWords(steps)}.`;
}

function refuseSteps(
  plan: PlanFile,
  entity: PlanEntity,
  column: PlanColumn,
  steps: readonly Transform[],
): void {
  const where = `${column.to} of ${entity.name}`;
  const alone = steps.find(({ kind }) => ALONE.has(kind));
  if (alone && steps.length > 1)
    throw refused(
      `${where} cannot do something else beside ${transformWords([alone])}.`,
      'Give this one transform alone.',
    );
  if (alone?.kind === 'uuid' || alone?.kind === 'metadata')
    throw refused(
      `${where} cannot become the column for that: every record has one already.`,
      'Choose another transform.',
    );
  if (steps.some(({ kind }) => kind === 'constant') && column.from !== undefined)
    throw refused(
      `${where} would lose the values of ${column.from} without a trace.`,
      'Leave the column out with a reason, or let what does not fit be replaced.',
    );
  const [first] = steps;
  if (first?.kind === 'template' && column.from !== undefined && !readsColumn(first.text, column.from))
    throw refused(
      `${where} would lose the values of ${column.from} without a trace.`,
      'Name that column in the template too, or make a new column.',
    );
  if (alone?.kind === 'code') refuseCode(entity, column, alone);
  if (alone === undefined || alone.kind === 'code') refuseLink(entity, column);
  if (alone === undefined && column.from === undefined && !makesItsOwn(first))
    throw refused(`${where} has no old column to take a value from.`, 'Name one in the plan file with from.');
  if (first?.kind === 'lookup' && first.entity !== undefined) refuseUnknown(plan, first.entity);
  for (const name of targetsOf(alone)) refuseTarget(plan, where, name);
  if (alone && 'onMissing' in alone && alone.onMissing === 'null' && !column.nullable)
    throw refused(
      `${where} must not be empty, so a link to nowhere cannot be emptied.`,
      'Set the record aside instead.',
    );
}

export function refuseLink(entity: PlanEntity, column: PlanColumn): void {
  if (!['reference', 'polymorphic'].includes(transformsOf(column)[0]!.kind)) return;
  throw refused(
    `${column.to} of ${entity.name} points at another record, and what type its old number has is not in the plan.`,
    'Reject the link to keep the old number in the notes, or edit the plan file.',
  );
}

/** What is asked for on somebody's behalf carries its code itself: a file would be read on their word. */
function refuseCode(
  entity: PlanEntity,
  { to, from }: PlanColumn,
  { file, source, reads }: Extract<Transform, { kind: 'code' }>,
): void {
  if (file !== undefined || source === undefined)
    throw refused(`The code of ${to} of ${entity.name} is missing.`, 'Give it as text, not as a file.');
  if (from === undefined && reads === undefined)
    throw refused(`The code of ${to} of ${entity.name} reads no old column.`, 'Name the columns it reads.');
}

function readsColumn(template: string, column: string): boolean {
  return templateParts(template).pieces.some((piece) => piece.column === column);
}

function makesItsOwn(step: Transform | undefined): boolean {
  return (
    step?.kind === 'constant' ||
    step?.kind === 'template' ||
    (step?.kind === 'lookup' && step.match !== undefined)
  );
}

function refuseUnknown(plan: PlanFile, name: string): PlanEntity {
  const target = chooseEntity(plan, name);
  if (target.name === name) return target;
  throw refused(`There is no kind of record called “${name}”.`, `Did you mean ${target.name}?`);
}

function refuseTarget(plan: PlanFile, where: string, name: string): void {
  const target = refuseUnknown(plan, name);
  if (target.key.kind === 'none' || target.key.kind === 'composite')
    throw refused(
      `${where} cannot point at ${name}: its records are not known by one column.`,
      'Keep the value as it is.',
    );
}

function targetsOf(step: Transform | undefined): readonly string[] {
  if (step?.kind === 'reference') return [step.entity];
  return step?.kind === 'polymorphic' ? [...new Set(Object.values(step.entities))] : [];
}

/** The type that the last step makes, where it makes one of its own. */
function typeOf(steps: readonly Transform[], type: string): string {
  const last = steps.at(-1)!;
  const text = /^(text|character)/.test(type) && !type.endsWith(']');
  switch (last.kind) {
    case 'reference':
    case 'polymorphic':
      return 'uuid';
    case 'choice':
      return text ? type : 'text';
    case 'lower':
    case 'upper':
    case 'email':
    case 'phone':
    case 'template':
    case 'split':
    case 'replace':
      return text ? type : 'text';
    case 'hash':
      return 'text';
    case 'mask':
      return maskedType(last, type, text);
    case 'array': {
      if (type.endsWith(']')) return type;
      return `${typeOf(Array.isArray(last.each) ? last.each : [last.each], type)}[]`;
    }
    case 'boolean':
      return 'boolean';
    case 'time-zone':
    case 'epoch':
      return 'timestamp with time zone';
    case 'json':
      return 'jsonb';
    case 'money':
      return type.startsWith('numeric(') && type.endsWith(`,${last.scale})`)
        ? type
        : `numeric(${14 + last.scale},${last.scale})`;
    default:
      return type;
  }
}

function maskedType(
  { style, as }: Extract<Transform, { kind: 'mask' }>,
  type: string,
  text: boolean,
): string {
  const keeps = style === 'year-only' || (style === 'fake' && (as ?? 'shape') === 'shape');
  return text || keeps ? type : 'text';
}

/** A link to what is loaded no earlier is settled in the second pass. */
function deferWhereNeeded(
  edit: PlanEdit,
  entity: PlanEntity,
  { to }: PlanColumn,
  steps: readonly Transform[],
): void {
  const map = edit.entity(entity.name);
  const parents = edit.plan.entities.filter(({ name }) => targetsOf(steps[0]).includes(name));
  const later = parents.some(({ level }) => level >= entity.level);
  if (later && !entity.deferred.includes(to)) edit.list(map, 'deferred', ['columns']).add(to);
  if (!later && entity.deferred.includes(to)) edit.remove(map, 'deferred', (name) => name === to);
}

/** The check that lists a column's words follows them; any other over its old values goes. */
export function renewChecks(
  edit: PlanEdit,
  entity: PlanEntity,
  { to }: PlanColumn,
  { steps, type }: { readonly steps: readonly Transform[]; readonly type: string },
): string[] {
  const map = edit.entity(entity.name);
  const own = entity.checks.filter(({ expression }) => namesIn(expression, [to]).length > 0);
  const last = steps.at(-1)!;
  const lists = own.filter(({ expression }) => expression.startsWith(`${quoteIdentifier(to)} in (`));
  const stale = type === 'uuid' || last.kind === 'boolean' ? own : lists;
  edit.remove(map, 'checks', (item) => stale.some(({ name }) => name === (item as { name?: unknown }).name));
  if (last.kind !== 'choice' || last.unknown === 'keep' || lists.length === 0)
    return stale.map(({ name }) => `the check ${name}`);
  const words = [...new Set(Object.values(last.map))].map(quoteLiteral).join(', ');
  const check = { name: lists[0]!.name, expression: `${quoteIdentifier(to)} in (${words})` };
  edit
    .list(map, 'checks', ['columns', 'deferred', 'uniques', 'indexes'])
    .add(edit.document.createNode(check, { flow: true }));
  return stale.filter(({ name }) => name !== check.name).map(({ name }) => `the check ${name}`);
}

function sameSteps(a: readonly Transform[], b: readonly Transform[]): boolean {
  return JSON.stringify(a.map(sorted)) === JSON.stringify(b.map(sorted));
}

function sorted(step: Transform): unknown {
  return Object.entries(step).sort(([a], [b]) => (a < b ? -1 : 1));
}
