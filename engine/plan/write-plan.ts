/**
 * PlanFile → YAML that people read and edit: what equals its default is left out, transforms stand on one line, every
 * entity begins with a comment, and the same plan gives the same text.
 */
import { Document, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { PlanChange } from './changes/plan-change.ts';
import type { DedupeRule } from './dedupe-rule.ts';
import type { PlanColumn, PlanEntity, PlanFile, Transform } from './plan-file.ts';
import type { PlanQuestion } from './questions.ts';

const HEADER = ` The plan of a migration. It is the only thing that decides what is moved and how; edit it freely, then check it with:
   towpath map
 Columns: to = new column, from = old column, transform = what happens to the value, onMisfit = what happens to a value
 that does not fit (quarantine, null, placeholder or default). What is not said is: transform copy, onMisfit quarantine.
 confidence (0 to 1) and reason tell why it was suggested.`;

/** Fields in the order in which a person asks for them. */
export function writePlan(plan: PlanFile): string {
  const { questions, ...rest } = plan;
  const content = { ...rest, entities: plan.entities.map(entityContent) };
  const document = new Document(
    questions.length === 0 ? content : { ...content, questions: questions.map(questionContent) },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = HEADER;
  const entities = document.get('entities');
  if (isSeq(entities))
    for (const [i, item] of entities.items.entries())
      dressEntity(item as YAMLMap, plan.entities[i]!, i === 0);
  for (const key of ['entities', 'groups', 'phases', 'excluded', 'risks', 'estimate', 'questions'])
    spaceBefore(document, key);
  const asked = document.get('questions');
  if (isSeq(asked)) for (const [i, item] of asked.items.entries()) dressQuestion(item as YAMLMap, i === 0);
  flowLists(document.get('groups') as Node);
  const phases = document.get('phases');
  if (isSeq(phases)) for (const phase of phases.items) flowLists(phase as Node);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Changes stand on a line each; columns in them are written like columns. */
function questionContent(question: PlanQuestion): Record<string, unknown> {
  return {
    ...question,
    choices: question.choices.map(({ changes, ...choice }) => ({
      ...choice,
      ...(changes.length === 0 ? {} : { changes: changes.map(changeContent) }),
    })),
  };
}

function changeContent(change: PlanChange): Record<string, unknown> {
  return change.kind === 'put-column' ? { ...change, column: columnContent(change.column) } : change;
}

/** Fields in the order of the file; what equals its default is left out. */
export function entityContent(entity: PlanEntity): Record<string, unknown> {
  const { name, source, target, key, level, priority, phase, columns, estimatedRows, difficulty, ...rest } =
    entity;
  return {
    name,
    source,
    target,
    key,
    level,
    priority,
    phase,
    estimatedRows,
    difficulty,
    ...(rest.financial ? { financial: true } : {}),
    ...(rest.where === undefined ? {} : { where: rest.where }),
    ...(rest.dedupe === false ? {} : { dedupe: dedupeContent(rest.dedupe) }),
    ...(rest.merge === undefined ? {} : { merge: rest.merge }),
    ...(rest.maxFailureRate === undefined ? {} : { maxFailureRate: rest.maxFailureRate }),
    columns: columns.map(columnContent),
    ...(rest.code === undefined ? {} : { code: rest.code.map(codeContent) }),
    ...filled('deferred', rest.deferred),
    ...filled('uniques', rest.uniques),
    ...filled('indexes', rest.indexes),
    ...filled('checks', rest.checks),
    ...filled('leftOut', rest.leftOut),
    ...filled('notes', rest.notes),
  };
}

function dedupeContent(dedupe: true | DedupeRule): unknown {
  if (dedupe === true) return true;
  const { by, keep, orderBy, ignoreCase, trim, loses } = dedupe;
  return {
    by,
    keep,
    ...(orderBy === undefined ? {} : { orderBy }),
    ...(ignoreCase ? { ignoreCase } : {}),
    ...(trim ? { trim } : {}),
    ...filled('loses', loses),
  };
}

/** What equals its default is left out. */
export function columnContent(column: PlanColumn): Record<string, unknown> {
  const { to, from, type, nullable, transform, onMisfit, confidence, reason, ...rest } = column;
  return {
    to,
    ...(from === undefined ? {} : { from }),
    type,
    nullable,
    ...(isPlainCopy(transform) ? {} : { transform: shorten(transform) }),
    ...(onMisfit === 'quarantine' ? {} : { onMisfit }),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    confidence,
    reason,
  };
}

function isPlainCopy(transform: PlanColumn['transform']): boolean {
  return !Array.isArray(transform) && transform.kind === 'copy';
}

/** Without the fields that equal their defaults. */
function shorten(transform: PlanColumn['transform']): unknown {
  if (Array.isArray(transform)) return transform.map(shortenOne);
  return shortenOne(transform);
}

const DEFAULTS: Readonly<Record<string, unknown>> = {
  unknown: 'quarantine',
  onMissing: 'quarantine',
  unit: 'seconds',
  placeholderDomain: 'placeholder.invalid',
  unique: false,
  check: 'valid',
  extension: 'misfit',
  part: 1,
  fromEnd: false,
  rest: false,
  missing: 'null',
  ignoreCase: false,
  first: false,
  noMatch: 'keep',
  keyed: false,
  ifNull: 'null',
  elements: 'misfit',
};

function shortenOne(transform: Transform): Record<string, unknown> {
  const written = transform.kind === 'code' ? codeContent(transform) : transform;
  return Object.fromEntries(
    Object.entries(written).filter(([key, value]) => !(key in DEFAULTS) || DEFAULTS[key] !== value),
  );
}

/** Code that stands in a file is written in that file only. */
function codeContent<Text extends { file?: string | undefined; source?: string | undefined }>(
  text: Text,
): Text | Omit<Text, 'source'> {
  if (text.file === undefined) return text;
  const { source: _source, ...rest } = text;
  return rest;
}

function filled(name: string, list: readonly unknown[]): Record<string, unknown> {
  return list.length === 0 ? {} : { [name]: list };
}

/** Blocks that read better on one line. */
const ON_ONE_LINE = new Set([
  'source',
  'target',
  'key',
  'deferred',
  'dedupe',
  'merge',
  'range',
  'money',
  'transform',
]);

function dressEntity(entity: YAMLMap, { name, source, estimatedRows }: PlanEntity, first: boolean): void {
  entity.spaceBefore = !first;
  entity.commentBefore = ` ${name}: ${estimatedRows.toLocaleString('en-US')} rows of ${source.table.replace(/\p{Cc}/gu, ' ')}`;
  flowFields(entity);
  const columns = entity.get('columns');
  if (isSeq(columns)) for (const column of columns.items) flowFields(column as YAMLMap);
  for (const key of ['uniques', 'indexes', 'checks', 'leftOut']) flowItems(entity.get(key));
}

function dressQuestion(question: YAMLMap, first: boolean): void {
  question.spaceBefore = !first;
  flow(question.get('about'));
  const choices = question.get('choices');
  for (const choice of isSeq(choices) ? choices.items : [])
    if (isMap(choice)) flowItems(choice.get('changes'));
}

function flowFields(map: YAMLMap): void {
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (ON_ONE_LINE.has(key) && !holdsCode(pair.value)) flow(pair.value);
  }
}

/** Lines of code stay lines. */
function holdsCode(node: unknown): boolean {
  return isMap(node) && node.has('source') && node.get('kind') === 'code';
}

function flowItems(list: unknown): void {
  if (isSeq(list)) for (const item of list.items) flow(item);
}

function flowLists(map: Node): void {
  if (isMap(map)) for (const pair of map.items) if (isSeq(pair.value)) flow(pair.value);
}

function flow(node: unknown): void {
  if (isMap(node) || isSeq(node)) node.flow = true;
}

function spaceBefore(document: Document, key: string): void {
  const pair = isMap(document.contents)
    ? document.contents.items.find((item) => isScalar(item.key) && item.key.value === key)
    : undefined;
  if (pair && isScalar(pair.key)) pair.key.spaceBefore = true;
}
