/** One row's story: where it went, what was changed on the way, and how the source has it now. */
import type { FoundRow } from '../contract/contract.ts';
import type { Control } from '../control/control.ts';
import { createRowStore } from '../control/row-store.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { nearest } from '../plan/nearest.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { sourceRowSql } from './find-row.sql.ts';

export interface FindRowDependencies {
  readonly control: Control;
  readonly source: Database;
  readonly target: Database;
}

/** @throws MigrationError UNKNOWN_ENTITY */
export async function findRow(
  { control, source, target }: FindRowDependencies,
  plan: PlanFile,
  { entity: name, id }: { readonly entity: string; readonly id: string },
): Promise<FoundRow> {
  const entity = entityOf(plan, name);
  const rows = createRowStore(target, control.mappings);
  const { pair, held, repairs } = await rows.trace({ migration: plan.migration, entity: name, id });
  const legacyId = pair?.legacyId ?? id;
  const now = await readSource(source, entity, legacyId);
  return {
    entity: name,
    legacyId,
    newId: pair?.newId ?? null,
    batchId: pair?.batchId ?? held?.batchId ?? null,
    runId: pair?.runId ?? held?.runId ?? null,
    quarantined: held,
    repairs,
    ...(pair?.duplicateOf ? { duplicateOf: pair.duplicateOf } : {}),
    sourceRow: now?.row ?? null,
    filteredOut: now === null ? false : !now.wanted,
  };
}

function entityOf(plan: PlanFile, name: string): PlanEntity {
  const found = plan.entities.find((entity) => entity.name === name);
  if (found) return found;
  const meant = nearest(
    name,
    plan.entities.map((entity) => entity.name),
  );
  throw new MigrationError({
    code: 'UNKNOWN_ENTITY',
    message: `There is no entity named ${name} in the plan of this run.`,
    hint: meant ? `Did you mean ${meant}?` : 'The plan names them all: towpath map',
  });
}

interface SourceRow {
  readonly row: Readonly<Record<string, string | null>>;
  readonly wanted: boolean;
}

/** Errors of a key that is no value of its column: then there is no such row. */
const NO_SUCH_VALUE = new Set(['22P02', '22003', '22007', '22008']);

async function readSource(source: Database, entity: PlanEntity, legacyId: string): Promise<SourceRow | null> {
  const key = keyValues(entity, legacyId);
  if (key === null) return null;
  try {
    const [row] = await source.query<SourceRow>(sourceRowSql(entity), key);
    return row ?? null;
  } catch (error) {
    if (NO_SUCH_VALUE.has((error as { code?: string }).code ?? '')) return null;
    throw error;
  }
}

/** Values of the key columns; null where rows are known by their content, which cannot be looked up. */
function keyValues({ key }: PlanEntity, legacyId: string): string[] | null {
  if (key.columns.length === 0) return null;
  if (key.columns.length === 1) return [legacyId];
  try {
    const parts: unknown = JSON.parse(legacyId);
    if (Array.isArray(parts) && parts.length === key.columns.length) return parts.map(String);
  } catch {
    // no key of this entity
  }
  return null;
}
