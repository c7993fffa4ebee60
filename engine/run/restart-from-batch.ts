/**
 * Takes a run's batches out again from a number on, latest first, so that resume repeats them: rows, pairs, quarantine and
 * repairs of a batch go in one transaction that makes the batch planned again. Whatever stops it leaves a true ledger.
 *
 * Numbers rise with time and levels are loaded one after the other, so what points to a row comes later and goes first.
 * Left are references that were written on trust in earlier batches: the same ids come back, so they stay, and the plan's
 * foreign keys to these tables are dropped meanwhile; the level's end makes and proves them again.
 */
import type { Batch } from '../control/batch-store.ts';
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { targetTables } from '../plan/target-schema.ts';
import { childNames } from '../rollback/entity-order.ts';
import { dropForeignKeySql, hasPairsSql } from '../rollback/rollback.sql.ts';
import { type SurveyedEntity, surveyEntities } from '../rollback/survey.ts';
import { takeOutBatches } from '../rollback/take-out-batches.ts';
import type { RunDependencies } from './run-dependencies.ts';

export interface Restart {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly batchId: number;
}

/** Throws UNKNOWN_BATCH and DEPENDENCY_NOT_MET; then nothing was changed. */
export async function restartFromBatch(deps: RunDependencies, restart: Restart): Promise<void> {
  const { control, target, failpoints } = deps;
  const { runId, plan } = restart;
  const batches = await batchesFrom(deps, restart);
  const entities = [...new Set(batches.map(({ entity }) => entity))];
  await refuseOtherChildren(deps, plan, runId, entities);
  const session = await target.session({ purpose: 'restart' });
  try {
    const surveyed = await surveyEntities({ plan, runId, entities, control, session });
    const details = { runId, fromBatch: restart.batchId, batches: batches.length, entities };
    await control.audit.add({ actor: 'towpath', action: 'run.batches-taken-out', details });
    for (const entity of surveyed) await dropPlannedKeys(entity, plan, session);
    const byName = new Map(surveyed.map((entity) => [entity.entity, entity]));
    for (const { batchId, entity } of batches) {
      const taking = { control, session, runId, failpoints, force: true, seen: [], ties: [] };
      await takeOutBatches(taking, byName.get(entity)!, [batchId]);
      await failpoints.hit('restart.batch');
    }
  } finally {
    await session.release();
  }
}

/** Completed batches, latest first. */
async function batchesFrom({ control }: RunDependencies, { runId, batchId }: Restart): Promise<Batch[]> {
  const all = await control.batches.list(runId);
  const last = all.at(-1)?.batchId ?? 0;
  if (batchId <= last)
    return all.filter((batch) => batch.batchId >= batchId && batch.state === 'completed').reverse();
  throw new MigrationError({
    code: 'UNKNOWN_BATCH',
    message: `Run ${runId} has no batch ${batchId} or a later one; its last is ${last}.`,
    hint: `Nothing was changed. Choose a number up to ${last}, or resume without --restart-from-batch.`,
    details: { runId, batchId, last },
  });
}

/** Rows that other runs moved would be left pointing to nothing. */
async function refuseOtherChildren(
  { control, target }: RunDependencies,
  plan: PlanFile,
  runId: string,
  entities: readonly string[],
): Promise<void> {
  const own = new Set(
    (await control.entities.list(runId))
      .filter(({ state }) => state !== 'skipped')
      .map(({ entity }) => entity),
  );
  for (const entity of entities) {
    for (const child of childNames(plan, entity).filter((name) => !own.has(name))) {
      const entityNo = await control.mappings.entityNo(plan.migration, child);
      if (entityNo === null) continue;
      const [row] = await target.query<{ present: boolean }>(
        hasPairsSql(control.mappings.copyTarget(entityNo)),
      );
      if (!row!.present) continue;
      throw new MigrationError({
        code: 'DEPENDENCY_NOT_MET',
        message: `Batches of ${entity} cannot be repeated: rows of ${child}, which another run moved, point there.`,
        hint: `Nothing was changed. Roll ${child} back first: towpath rollback --entities ${child} --preview`,
        details: { entity, missingDependencies: [child], currentState: 'completed' },
      });
    }
  }
}

async function dropPlannedKeys(entity: SurveyedEntity, plan: PlanFile, session: Session): Promise<void> {
  const planned = new Set(
    targetTables(plan).flatMap(({ table, foreignKeys }) =>
      foreignKeys.map(({ name }) => `${table.schema}.${table.name}.${name}`),
    ),
  );
  for (const { name, child } of entity.inboundKeys) {
    if (planned.has(`${child.schema}.${child.name}.${name}`))
      await session.query(dropForeignKeySql(child, name));
  }
}
