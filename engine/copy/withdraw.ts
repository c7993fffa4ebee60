/**
 * Takes rows out of the target that turned out not to belong there, each to quarantine with its reason.
 *
 * Rows that point to them go first: they are mapped again with the parent gone, so they lose the reference or leave as well,
 * as the plan says. So no foreign key is in the way, and whatever stops the work leaves rows that the next attempt finds again.
 * Relies on the caller finding the same rows again in the target; each step is a transaction of its own.
 */
import type { Control } from '../control/control.ts';
import type { Session } from '../db/database.ts';
import type { EntityLoad } from './entity-load.ts';
import { WHOLE_TABLE } from './keyset-range.ts';
import type { Reject } from './map-stream.ts';
import { recordRejects } from './record-outcome.ts';
import type { Reference } from './references.ts';
import { removeRows } from './remove-rows.ts';
import { batchesOfRows, replayRows } from './replay.ts';
import { pointingSql } from './settle.sql.ts';

export interface Withdrawal {
  readonly control: Control;
  /** On the run's snapshot. */
  readonly source: Session;
  readonly target: Session;
  /** All references between rows that are in the target. */
  readonly references: readonly Reference[];
  /** Entities of which rows were changed or taken out. */
  readonly touched: Set<string>;
}

/** Rows a transaction. */
const CHUNK = 2000;

export async function leaveTarget(
  load: EntityLoad,
  rejects: readonly Reject[],
  withdrawal: Withdrawal,
): Promise<void> {
  for (let i = 0; i < rejects.length; i += CHUNK) {
    const part = rejects.slice(i, i + CHUNK);
    const keys = part.map(({ key }) => key);
    for (const key of keys) load.keys.delete(key);
    await letGo(load, keys, withdrawal);
    await setAside(load, part, withdrawal);
    withdrawal.touched.add(load.compiled.plan.name);
  }
}

/** Maps the rows that point to leaving ones again. Ends, because a row whose key is gone is not asked twice. */
async function letGo(load: EntityLoad, keys: readonly string[], withdrawal: Withdrawal): Promise<void> {
  const { name } = load.compiled.plan;
  for (const { child, column, parents } of withdrawal.references) {
    if (!parents.includes(name)) continue;
    const sql = pointingSql(child.target, column.to, child.pairsTable, load.pairsTable);
    const rows = await withdrawal.target.query<{ key: string }>(sql, [keys]);
    const pointing = rows.map((row) => row.key).filter((key) => child.keys.has(key));
    if (pointing.length === 0) continue;
    withdrawal.touched.add(child.compiled.plan.name);
    await leaveTarget(child, await replayRows(child, pointing, withdrawal), withdrawal);
  }
}

async function setAside(
  load: EntityLoad,
  rejects: readonly Reject[],
  { control, source, target }: Withdrawal,
): Promise<void> {
  const keys = rejects.map(({ key }) => key);
  const { runId, compiled } = load;
  await target.query('begin');
  try {
    const batchOf = await batchesOfRows(load, keys, control, target);
    await control.repairs.forget(target, { runId, entity: compiled.plan.name, legacyIds: keys });
    await recordRejects(control, source, target, { load, range: WHOLE_TABLE, batchOf }, rejects);
    await removeRows(load, keys, target);
    await target.query('commit');
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}
