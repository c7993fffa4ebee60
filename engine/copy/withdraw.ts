/**
 * Takes rows out of the target that turned out not to belong there, each to quarantine with its reason.
 *
 * First it finds everything that must leave: rows that point to a leaving one are mapped again with the parent gone, so they
 * lose the reference or leave as well, as the plan says, and so on. Then all of them go in one transaction and one
 * statement: foreign keys are checked at its end, so rows that point to each other in a circle are no obstacle.
 * Whatever stops the work before that leaves rows that the caller finds again in the target, and does so again.
 */
import type { Control } from '../control/control.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Session } from '../db/database.ts';
import type { EntityLoad } from './entity-load.ts';
import { WHOLE_TABLE } from './keyset-range.ts';
import type { Reject } from './map-stream.ts';
import { keepTriggersQuiet } from './quiet-triggers.ts';
import { recordRejects } from './record-outcome.ts';
import type { Reference } from './references.ts';
import { batchesOfRows, replayRows } from './replay.ts';
import { restoreRows } from './restore-rows.ts';
import { deleteRowsSql, followersSql, pointingSql } from './settle.sql.ts';
import { strandedReject } from './stranded-reject.ts';

export interface Withdrawal {
  readonly control: Control;
  /** On the run's snapshot. */
  readonly source: Session;
  readonly target: Session;
  /** All references between rows that are in the target. */
  readonly references: readonly Reference[];
  /** Entities of which rows were changed or taken out. */
  readonly touched: Set<string>;
  readonly failpoints: Failpoints;
}

type Leaving = Map<EntityLoad, Reject[]>;

export async function leaveTarget(
  load: EntityLoad,
  rejects: readonly Reject[],
  withdrawal: Withdrawal,
): Promise<void> {
  if (rejects.length === 0) return;
  const leaving: Leaving = new Map();
  try {
    await findLeaving(load, rejects, leaving, withdrawal);
    await withdrawal.failpoints.hit('rows.let-go');
    await withdraw(leaving, withdrawal);
  } catch (error) {
    await takeBack(leaving, withdrawal.control);
    throw error;
  }
  for (const { compiled } of leaving.keys()) withdrawal.touched.add(compiled.plan.name);
  await withdrawal.failpoints.hit('rows.withdrawn');
}

/** Whoever tries again in this process must find the same rows: keys of those that are still in the target count again. */
async function takeBack(leaving: Leaving, { mappings }: Control): Promise<void> {
  for (const [{ entityNo, keys }, rejects] of leaving) {
    const gone = rejects.map(({ key }) => key);
    const there = await mappings.find(entityNo, gone).then(
      (pairs) => pairs.map(({ legacyId }) => legacyId),
      () => gone, // not to be asked now; a commit whose answer was lost is found when the run is taken up again
    );
    for (const key of there) keys.add(key);
  }
}

/** Ends, because a row whose key is gone is not asked twice. */
async function findLeaving(
  load: EntityLoad,
  rejects: readonly Reject[],
  leaving: Leaving,
  withdrawal: Withdrawal,
): Promise<void> {
  const queue: [EntityLoad, readonly Reject[]][] = [[load, rejects]];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [parent, first] = next;
    const gone = [...first, ...(await followersOf(parent, first, withdrawal))];
    const keys = gone.map(({ key }) => key);
    for (const key of keys) parent.keys.delete(key);
    leaving.set(parent, [...(leaving.get(parent) ?? []), ...gone]);
    for (const reference of withdrawal.references) {
      if (!reference.parents.includes(parent.compiled.plan.name)) continue;
      const following = await letGo(reference, parent, keys, withdrawal);
      if (following.length > 0) queue.push([reference.child, following]);
    }
  }
}

/** Rows that lead to a leaving one, because they are the same record, leave with it. */
async function followersOf(
  { compiled, deduped, entityNo, keys, pairsTable }: EntityLoad,
  gone: readonly Reject[],
  { target }: Withdrawal,
): Promise<Reject[]> {
  if (!deduped) return [];
  const leaving = gone.map(({ key }) => key);
  const rows = await target.query<{ key: string }>(followersSql(pairsTable), [entityNo, leaving]);
  return rows.filter(({ key }) => keys.has(key)).map(({ key }) => strandedReject(compiled, key));
}

/** Maps the rows again that point to leaving ones; returns those that leave as well. */
async function letGo(
  { child, column }: Reference,
  parent: EntityLoad,
  keys: readonly string[],
  withdrawal: Withdrawal,
): Promise<Reject[]> {
  const sql = pointingSql(child.target, column.to, child.pairsTable, parent.pairsTable);
  const rows = await withdrawal.target.query<{ key: string }>(sql, [keys]);
  const pointing = rows.map(({ key }) => key).filter((key) => child.keys.has(key));
  if (pointing.length === 0) return [];
  withdrawal.touched.add(child.compiled.plan.name);
  return replayRows(child, pointing, withdrawal);
}

async function withdraw(leaving: Leaving, { control, source, target }: Withdrawal): Promise<void> {
  await target.query('begin');
  try {
    for (const { runId } of leaving.keys()) await control.transactions.enter(target, runId);
    if ([...leaving.keys()].some(({ silenced }) => silenced)) await keepTriggersQuiet(target);
    for (const [load, rejects] of leaving) {
      const legacyIds = rejects.map(({ key }) => key);
      const { runId, compiled } = load;
      const batchOf = await batchesOfRows(load, legacyIds, control, target);
      await control.repairs.forget(target, { runId, entity: compiled.plan.name, legacyIds });
      await recordRejects(control, source, target, { load, range: WHOLE_TABLE, batchOf }, rejects);
    }
    await giveBack(leaving, target, control);
    const keys = [...leaving.values()].map((rejects) => rejects.map(({ key }) => key));
    await target.query(deleteRowsSql([...leaving.keys()]), keys);
    await target.query('commit');
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Rows that the target held before do not leave it: they become again what they were. */
async function giveBack(leaving: Leaving, target: Session, control: Control): Promise<void> {
  for (const [load, rejects] of leaving) {
    if (load.merge !== 'update') continue;
    const keys = rejects.map(({ key }) => key);
    const ids = (await control.mappings.find(load.entityNo, keys, target)).map(({ newId }) => newId);
    const { runId, compiled, target: table } = load;
    await restoreRows(target, { runId, entity: compiled.plan.name, table, ids });
  }
}
