/**
 * Keeps the triggers of tables that were there before from firing for what Towpath writes, until the transaction ends: they
 * are meant for people's work and would change or repeat what was true long ago. It concerns this session alone: others'
 * writes fire them as ever, whatever dies when.
 *
 * The server's own foreign keys are triggers, too, and do not ask then: references that the plan does not know are looked
 * at before the level's gate (run/dangling-rows.ts). Triggers made `enable always` fire nevertheless.
 * Rejected: `alter table … disable trigger`, which holds for everybody, and for ever after a kill.
 */
import type { Session } from '../db/database.ts';
import { sqlstateOf } from '../db/sqlstate.ts';

const INSUFFICIENT_PRIVILEGE = '42501';

export async function keepTriggersQuiet(target: Session): Promise<void> {
  await target.query('set local session_replication_role = replica');
}

/** Whether this user may; asked outside a transaction. */
export async function mayKeepTriggersQuiet(target: Session): Promise<boolean> {
  await target.query('begin');
  try {
    await keepTriggersQuiet(target);
    return true;
  } catch (error) {
    if (sqlstateOf(error) === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  } finally {
    await target.query('rollback');
  }
}
