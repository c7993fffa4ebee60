/**
 * Takes a column out of the new table with all that hangs on it: indexes, checks and a unique rule of its own, its second
 * pass. Refused where a rule over several columns would silently become another rule.
 */

import { createsTable } from '../creates-table.ts';
import { heldSources } from '../held-sources.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../plan-file.ts';
import { BEHIND_COLUMNS, refused } from './choose.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import { namesIn } from './expression-names.ts';
import { joinNames } from './words.ts';

/** Returns what went with it, in words. @throws MigrationError CHANGE_REFUSED */
export function dropColumn(edit: PlanEdit, entity: PlanEntity, column: PlanColumn): string[] {
  refuseNeeded(edit.plan, entity, column);
  const { to } = column;
  const map = edit.entity(entity.name);
  const indexes = entity.indexes.filter(({ columns }) => columns.includes(to));
  const uniques = entity.uniques.filter(({ columns }) => columns.includes(to));
  const checks = entity.checks.filter((check) => named(entity, check.expression).includes(to));
  const gone = (items: readonly { readonly name: string }[]) => (item: unknown) =>
    items.some(({ name }) => name === (item as { name?: unknown }).name);
  edit.remove(map, 'indexes', gone(indexes));
  edit.remove(map, 'uniques', gone(uniques));
  edit.remove(map, 'checks', gone(checks));
  edit.remove(map, 'deferred', (name) => name === to);
  edit.remove(map, 'columns', (item) => (item as { to?: unknown }).to === to);
  return [
    ...(uniques.length > 0 ? ['the rule that it is unique'] : []),
    ...(indexes.length > 0 ? [`the index ${joinNames(indexes.map(({ name }) => name))}`] : []),
    ...(checks.length > 0 ? [`the check ${joinNames(checks.map(({ name }) => name))}`] : []),
  ];
}

/** Puts a source column among those that are left out, unless something still reads it. */
export function leaveOutSource(edit: PlanEdit, entity: PlanEntity, column: PlanColumn, reason: string): void {
  if (column.from === undefined || readElsewhere(entity, column)) return;
  const list = edit.list(edit.entity(entity.name), 'leftOut', BEHIND_COLUMNS);
  list.add(edit.document.createNode({ column: column.from, reason }, { flow: true }));
}

/** Puts a source column into the notes of the record. @throws MigrationError CHANGE_REFUSED where it has none */
export function keepInMetadata(
  edit: PlanEdit,
  entity: PlanEntity,
  column: PlanColumn,
  metadata: PlanColumn | undefined,
): void {
  if (metadata === undefined) {
    throw refused(
      `${entity.name} has no column for notes, so ${column.to} cannot go there.`,
      'Leave the column out instead, with a reason.',
    );
  }
  if (column.from === undefined || readElsewhere(entity, column)) return;
  const node = edit.column(entity.name, metadata.to);
  const { transform } = metadata;
  const steps = Array.isArray(transform) ? transform : [transform];
  const [first] = steps;
  if (first?.kind !== 'metadata' || first.columns.includes(column.from)) return;
  edit.set(node, 'transform', { ...first, columns: [...first.columns, column.from] }, []);
}

function readElsewhere(entity: PlanEntity, column: PlanColumn): boolean {
  const others = entity.columns.filter(({ to }) => to !== column.to);
  return (
    entity.key.columns.includes(column.from!) || heldSources({ ...entity, columns: others }).has(column.from!)
  );
}

/** Where the table has a value of its own for the column, the plan holds it as the column's default. */
function refuseNeeded(plan: PlanFile, entity: PlanEntity, column: PlanColumn): void {
  const { to, nullable } = column;
  if (!createsTable(plan, entity) && !nullable && column.default === undefined) {
    throw refused(
      `The table ${entity.target.table} of the new system exists already, and ${to} must not be empty there.`,
      'Let the column move, or change the table first.',
    );
  }
  refuseWrittenTogether(entity, to);
  const rules = [
    ...entity.uniques.map(({ name, columns }) => ({ name, columns: [...columns] })),
    ...entity.checks.map(({ name, expression }) => ({ name, columns: named(entity, expression) })),
  ];
  const several = rules.find(({ columns }) => columns.includes(to) && columns.length > 1);
  if (several === undefined) return;
  const others = joinNames(several.columns.filter((name) => name !== to));
  throw refused(
    `${to} of ${entity.name} is part of a rule together with ${others}: ${several.name}.`,
    'Take the rule out of the plan file first, if it is not wanted any more.',
  );
}

/** A block of code gives all of its columns at once. */
export function refuseWrittenTogether(entity: PlanEntity, to: string): void {
  const block = entity.code?.find(({ writes }) => writes.includes(to));
  if (!block) return;
  throw refused(
    `${to} of ${entity.name} is worked out by code that writes ${joinNames([...block.writes])}.`,
    'Change the code and what it writes in the plan file, together.',
  );
}

function named(entity: PlanEntity, expression: string): string[] {
  return namesIn(
    expression,
    entity.columns.map(({ to }) => to),
  );
}
