/**
 * Maps single rows of a migrated entity again, with all parents known: a row that fits is updated in place, one that
 * does not is named, for withdraw.ts to take out.
 *
 * Promise: afterwards each row that fits is what an uninterrupted load with all parents known would have written; one
 * transaction a chunk; safe to repeat.
 */
import type { Control } from '../control/control.ts';
import type { Session } from '../db/database.ts';
import type { EntityLoad } from './entity-load.ts';
import { WHOLE_TABLE } from './keyset-range.ts';
import type { Reject } from './map-stream.ts';
import { keepDigestsSql } from './merge-rows.sql.ts';
import { readExistingColumns } from './merge-rows.ts';
import { keepTriggersQuiet } from './quiet-triggers.ts';
import { recordRepairs } from './record-outcome.ts';
import { updateFromStagingSql } from './settle.sql.ts';
import { stageMapped } from './stage-mapped.ts';

export interface ReplayDependencies {
  readonly control: Control;
  readonly source: Session;
  readonly target: Session;
}

const STAGING = 'towpath_replay';
/** Rows a transaction. */
const CHUNK = 2000;

/** Returns the rows that do not fit; they are still in the target. */
export async function replayRows(
  load: EntityLoad,
  keys: readonly string[],
  deps: ReplayDependencies,
): Promise<Reject[]> {
  const rejects: Reject[] = [];
  for (let i = 0; i < keys.length; i += CHUNK)
    rejects.push(...(await replayChunk(load, keys.slice(i, i + CHUNK), deps)));
  return rejects;
}

/** Which batch brought a row, for what is recorded of it later. */
export async function batchesOfRows(
  { entityNo }: EntityLoad,
  keys: readonly string[],
  control: Control,
  target: Session,
): Promise<(key: string) => number | null> {
  const pairs = await control.mappings.find(entityNo, keys, target);
  const batches = new Map(pairs.map(({ legacyId, batchId }) => [legacyId, batchId]));
  return (key) => batches.get(key) ?? null;
}

async function replayChunk(
  load: EntityLoad,
  keys: readonly string[],
  deps: ReplayDependencies,
): Promise<readonly Reject[]> {
  const { target, control } = deps;
  await target.query('begin');
  try {
    await control.transactions.enter(target, load.runId);
    if (load.silenced) await keepTriggersQuiet(target);
    const rejects = await replayInTransaction(load, keys, deps);
    await target.query('commit');
    return rejects;
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function replayInTransaction(
  load: EntityLoad,
  keys: readonly string[],
  { source, target, control }: ReplayDependencies,
): Promise<readonly Reject[]> {
  const { compiled, runId } = load;
  const result = await stageMapped(STAGING, load, keys, { source, target });
  await target.query(updateFromStagingSql(STAGING, load.target, load.pairsTable, compiled));
  await target.query(`drop table pg_temp.${STAGING}`);
  if (load.merge === 'update') await rememberDigests(load, keys, target, control);
  const batchOf = await batchesOfRows(load, keys, control, target);
  await control.repairs.forget(target, { runId, entity: compiled.plan.name, legacyIds: keys });
  await recordRepairs(control, target, { load, range: WHOLE_TABLE, batchOf }, result.repairs);
  return result.rejects;
}

/** Rows that the target held before are left by the run as they are now. */
export async function rememberDigests(
  { compiled, entityNo, runId, target: table }: EntityLoad,
  keys: readonly string[],
  target: Session,
  control: Control,
): Promise<void> {
  const ids = (await control.mappings.find(entityNo, keys, target)).map(({ newId }) => newId);
  const columns = await readExistingColumns(target, table);
  await target.query(keepDigestsSql(table, columns), [runId, compiled.plan.name, ids]);
}
