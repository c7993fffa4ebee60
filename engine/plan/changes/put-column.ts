/**
 * A column exactly as given, in place of the one of that name or before the notes; its source column is then no longer left
 * out nor in the notes. Choices of a question are made of it: it leads back from whatever another choice did.
 */
import { isMap, type YAMLMap } from 'yaml';
import type { PlanColumn, PlanEntity } from '../plan-file.ts';
import { transformWords } from '../transform-words.ts';
import { transformsOf } from '../transforms.ts';
import { columnContent } from '../write-plan.ts';
import { BEHIND_COLUMNS, type ChangeWords, chooseEntity, metadataColumn, refused } from './choose.ts';
import { refuseWrittenTogether } from './drop-column.ts';
import { type PlanEdit, plain } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';

export function putColumn(
  edit: PlanEdit,
  { entity: said, column: asked, rules }: ChangeOf<'put-column'>,
): ChangeWords {
  const entity = chooseEntity(edit.plan, said);
  const old = columnOf(entity, asked);
  // A name that a person gave it meanwhile stays.
  const column = old ? { ...asked, to: old.to } : asked;
  const kind = transformsOf(column)[0]!.kind;
  if (kind === 'uuid' || kind === 'metadata')
    throw refused(`Every record of ${entity.name} has such a column already.`, 'Choose another transform.');
  if (old) refuseWrittenTogether(entity, old.to);
  const list = edit.list(edit.entity(entity.name), 'columns', []);
  const node = columnNode(edit, column);
  if (old) list.items.splice(entity.columns.indexOf(old), 1, node);
  else list.items.splice(placeOfNotes(entity), 0, node);
  if (column.from !== undefined) takeBack(edit, entity, column.from);
  if (rules && column.to === asked.to) putRules(edit, entity, column.to, rules);
  return {
    before: old ? told(entity, old) : `${column.to} of ${entity.name} is no column of the new table.`,
    after: told(entity, column),
  };
}

/** By its name, else the one that the same old column became. */
function columnOf({ columns }: PlanEntity, { to, from }: PlanColumn): PlanColumn | undefined {
  const same = (column: PlanColumn) => column.from !== undefined && column.from === from;
  return (
    columns.find((column) => column.to === to) ??
    columns.find((column) => same(column) && column.to !== 'legacy_id')
  );
}

/** Those of a rule over several columns come back only while all of these are there. */
function putRules(
  edit: PlanEdit,
  { name, columns, ...entity }: PlanEntity,
  to: string,
  rules: NonNullable<ChangeOf<'put-column'>['rules']>,
): void {
  const map = edit.entity(name);
  const there = new Set([...columns.map((column) => column.to), to]);
  const fits = (rule: { readonly columns: readonly string[] } | { readonly expression: string }) =>
    !('columns' in rule) || rule.columns.every((item) => there.has(item));
  for (const key of ['uniques', 'indexes', 'checks'] as const) {
    const known = new Set(entity[key].map((rule) => rule.name));
    for (const rule of rules[key])
      if (!known.has(rule.name) && fits(rule))
        edit.list(map, key, BEHIND_COLUMNS).add(edit.document.createNode(rule, { flow: true }));
  }
  if (rules.deferred && !entity.deferred.includes(to)) edit.list(map, 'deferred', ['columns']).add(to);
}

function told(entity: PlanEntity, column: PlanColumn): string {
  return `${column.to} of ${entity.name} ${transformWords(transformsOf(column))}.`;
}

function placeOfNotes(entity: PlanEntity): number {
  const metadata = metadataColumn(entity);
  return metadata ? entity.columns.indexOf(metadata) : entity.columns.length;
}

function columnNode(edit: PlanEdit, column: PlanColumn): YAMLMap {
  const node = edit.document.createNode({});
  if (!isMap(node)) throw new TypeError('an object makes a map');
  const before: string[] = [];
  for (const [key, value] of Object.entries(columnContent(column))) {
    edit.set(node, key, value, before);
    before.push(key);
  }
  return node;
}

/** Out of what is left out, and out of the notes. */
function takeBack(edit: PlanEdit, entity: PlanEntity, from: string): void {
  edit.remove(
    edit.entity(entity.name),
    'leftOut',
    (item) => (plain(item) as { column?: unknown }).column === from,
  );
  const metadata = metadataColumn(entity);
  const [step] = metadata ? transformsOf(metadata) : [];
  if (!metadata || step?.kind !== 'metadata' || !step.columns.includes(from)) return;
  const columns = step.columns.filter((name) => name !== from);
  edit.set(edit.column(entity.name, metadata.to), 'transform', { ...step, columns }, []);
}
