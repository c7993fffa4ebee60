/** A table that stays behind, taken in, and the way back. How it would move is proposed by whoever knows the source. */
import { isMap, isSeq } from 'yaml';
import type { PlanEntity, PlanFile } from '../plan-file.ts';
import { entityContent } from '../write-plan.ts';
import { type ChangeWords, refused } from './choose.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import { excludeEntity } from './exclude-entity.ts';
import type { ChangeOf } from './plan-change.ts';

/** Null: the source has no such table, or none that could move. */
export type ProposeEntity = (
  plan: PlanFile,
  table: { readonly schema: string; readonly table: string },
) => PlanEntity | null;

export function takeInTable(
  edit: PlanEdit,
  { schema, table }: ChangeOf<'take-in-table'>,
  propose: ProposeEntity | undefined,
): ChangeWords {
  const known = edit.plan.entities.find(({ source }) => source.schema === schema && source.table === table);
  if (known) return { before: `${known.name} moves.`, after: `${known.name} moves.` };
  const entity = propose?.(edit.plan, { schema, table }) ?? null;
  if (entity === null)
    throw refused(
      propose
        ? `The table ${table} is not in the old database, or cannot move.`
        : `How the table ${table} would move is not known here.`,
      'Look at the old database first: towpath analyze',
    );
  const root = edit.root();
  edit.list(root, 'entities', []).add(edit.document.createNode(entityContent(entity)));
  edit.remove(root, 'excluded', (item) => isTable(item, schema, table));
  intoPhase(edit, entity);
  intoGroups(edit, entity.name);
  grow(edit, entity);
  return {
    before: `${table} stays behind.`,
    after: `${entity.name}: ${entity.estimatedRows.toLocaleString('en-US')} records of ${table} move.`,
  };
}

export function leaveOutTable(
  edit: PlanEdit,
  { schema, table, reason }: ChangeOf<'leave-out-table'>,
): ChangeWords {
  const entity = edit.plan.entities.find(({ source }) => source.schema === schema && source.table === table);
  if (entity) return excludeEntity(edit, { kind: 'exclude-entity', entity: entity.name, reason });
  if (!edit.plan.excluded.some((item) => item.schema === schema && item.table === table))
    edit
      .list(edit.root(), 'excluded', ['phases', 'groups'])
      .add(edit.document.createNode({ schema, table, reason }));
  const told = `${table} stays behind: ${reason}`;
  return { before: told, after: told };
}

function isTable(item: unknown, schema: string, table: string): boolean {
  const { schema: itsSchema, table: itsTable } = item as { schema?: unknown; table?: unknown };
  return itsSchema === schema && itsTable === table;
}

function intoPhase(edit: PlanEdit, { name, phase }: PlanEntity): void {
  const phases = edit.list(edit.root(), 'phases', ['groups', 'entities']);
  const known = phases.items.find((item) => isMap(item) && item.get('name') === phase);
  if (isMap(known)) edit.list(known, 'entities', ['name']).add(name);
  else phases.add(edit.document.createNode({ name: phase, entities: [name] }));
}

/** The group of all. */
function intoGroups(edit: PlanEdit, name: string): void {
  const groups = edit.root().get('groups');
  const all = isMap(groups) ? groups.get('all') : undefined;
  if (isSeq(all)) all.add(name);
}

function grow(edit: PlanEdit, { estimatedRows }: PlanEntity): void {
  const { rows, bytes, seconds } = edit.plan.estimate;
  const factor = rows > 0 ? (rows + estimatedRows) / rows : 1;
  const estimate = edit.root().get('estimate');
  if (!isMap(estimate)) return;
  edit.set(estimate, 'rows', rows + estimatedRows, []);
  edit.set(estimate, 'bytes', Math.round(bytes * factor), []);
  edit.set(estimate, 'seconds', Math.ceil(seconds * factor), []);
}
