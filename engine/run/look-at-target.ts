/**
 * What the target holds already: read when a plan is made, and again when a run begins, because others work there. A change
 * that no column of the plan is touched by is none; any other is told per column before anything is moved.
 */
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { foreignTables } from '../mapping/match/fit-to-target.ts';
import { checkTarget } from '../plan/check-target.ts';
import { createsTable } from '../plan/creates-table.ts';
import type { PlanFinding } from '../plan/finding.ts';
import { namedPath } from '../plan/named-path.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { introspect } from '../schema/introspect.ts';
import { schemasThereSql } from './approval-effects/structures.sql.ts';

/** Null where none of the schemas holds a table that Towpath has not made. */
export async function lookAtTarget(
  target: Database,
  schemas: readonly string[],
  counts: 'none' | 'small' = 'small',
): Promise<Catalog | null> {
  const there = await target.query<{ name: string }>(schemasThereSql, [schemas]);
  if (there.length === 0) return null;
  const names = there.map(({ name }) => name);
  const catalog = await introspect(target, { schemas: names, profiles: false, counts });
  return names.some((schema) => foreignTables(catalog, schema).length > 0) ? catalog : null;
}

/** Throws TARGET_DRIFT where tables that the plan fills are no longer what it means. */
export async function refuseTargetDrift(target: Database, plan: PlanFile): Promise<void> {
  const existing = plan.entities.filter((entity) => !createsTable(plan, entity));
  if (existing.length === 0) return;
  const schemas = [...new Set(existing.map((entity) => entity.target.schema))];
  const catalog = await lookAtTarget(target, schemas, 'none');
  const errors = targetMistakes(plan, existing, catalog);
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more such places.` : '';
  throw new MigrationError({
    code: 'TARGET_DRIFT',
    message: `The target is not what this plan was made for: ${first.path}: ${first.message}${more}`,
    hint: `Nothing was moved. ${first.hint} Or have a new plan made: towpath plan --force`,
    details: { changes: errors.map(({ path, message, hint }) => ({ path, message, hint })) },
  });
}

function targetMistakes(
  plan: PlanFile,
  existing: readonly PlanEntity[],
  catalog: Catalog | null,
): Pick<PlanFinding, 'path' | 'message' | 'hint'>[] {
  if (catalog === null)
    return existing.map((entity) => ({
      path: entity.name,
      message: `The target has no table ${entity.target.schema}.${entity.target.table}.`,
      hint: 'Create it.',
    }));
  const errors: Pick<PlanFinding, 'path' | 'message' | 'hint'>[] = [];
  checkTarget({ ...plan, entities: existing.slice() }, catalog, (at, message, hint, severity = 'error') => {
    if (severity === 'error')
      errors.push({ path: namedPath(at, { ...plan, entities: existing.slice() }), message, hint });
  });
  return errors;
}
