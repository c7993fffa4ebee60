/** The entity and column that a change speaks of, and how a change is refused. */
import { MigrationError } from '../../core/errors.ts';
import { lookUp } from '../look-up.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../plan-file.ts';
import { transformsOf } from '../transforms.ts';

/** @throws MigrationError UNKNOWN_ENTITY or AMBIGUOUS_NAME */
export function chooseEntity(plan: PlanFile, said: string): PlanEntity {
  const known = plan.entities.map((entity) => ({
    item: entity,
    names: [entity.name, entity.source.table] as const satisfies [string, string],
  }));
  return lookUp(said, known, { what: 'kind of record', code: 'UNKNOWN_ENTITY' });
}

/** By its new name, else by its old one. @throws MigrationError UNKNOWN_COLUMN or AMBIGUOUS_NAME */
export function chooseColumn(entity: PlanEntity, said: string): PlanColumn {
  const exact = entity.columns.find(({ to }) => to === said.trim());
  if (exact) return exact;
  const known = entity.columns.map((column) => ({
    item: column,
    names: [column.to, ...(column.from === undefined ? [] : [column.from])] as [string, ...string[]],
  }));
  return lookUp(said, known, { what: `column of ${entity.name}`, code: 'UNKNOWN_COLUMN' });
}

/** One that Towpath itself relies on is not for changing. @throws also CHANGE_REFUSED */
export function chooseOwnColumn(entity: PlanEntity, said: string): PlanColumn {
  const column = chooseColumn(entity, said);
  const why = reasonToKeep(column);
  if (why === null) return column;
  throw refused(`${column.to} of ${entity.name} cannot be changed: ${why}.`, 'Choose another column.');
}

function reasonToKeep(column: PlanColumn): string | null {
  const [first] = transformsOf(column);
  if (column.to === 'id' || first!.kind === 'uuid') return 'it is the new permanent number of every record';
  if (column.to === 'legacy_id') return 'it is the way back to the old record';
  if (first!.kind === 'metadata') return 'it holds what has no column of its own, and what was repaired';
  return null;
}

export function metadataColumn(entity: PlanEntity): PlanColumn | undefined {
  return entity.columns.find((column) => transformsOf(column)[0]!.kind === 'metadata');
}

/** The change itself is understood, and must not be made. */
export function refused(message: string, hint: string): MigrationError {
  return new MigrationError({ code: 'CHANGE_REFUSED', message, hint });
}

/** What a change says of itself: one line each. */
export interface ChangeWords {
  readonly before: string;
  readonly after: string;
}

/** Where a new field of a column or of an entity stands, behind whichever of these is there last. */
export const AFTER_TYPE = ['to', 'from', 'type', 'nullable'];
export const AFTER_TRANSFORM = [...AFTER_TYPE, 'transform'];
export const AFTER_PHASE = ['phase', 'estimatedRows', 'difficulty', 'financial', 'where', 'dedupe'];
export const BEHIND_COLUMNS = ['columns', 'deferred', 'uniques', 'indexes', 'checks'];
