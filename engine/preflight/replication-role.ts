import { MigrationError } from '../core/errors.ts';
import { type Check, pass, type Verdict, warn } from './check.ts';

/** Thrown to end the probe’s transaction without keeping anything. */
const enough = new Error('rolled back on purpose');

/** May triggers of existing target tables be kept from firing during a load? Only asked, never needed. */
export const replicationRole: Check = {
  name: 'target-replication-role',
  needs: ['target'],
  async look(context) {
    try {
      await context.database('target').transaction(async (session) => {
        await session.query('set local session_replication_role = replica');
        throw enough;
      });
    } catch (error) {
      if (error !== enough) return refused(error);
    }
    return pass('session_replication_role can be set.');
  },
};

function refused(error: unknown): Verdict {
  if (!(error instanceof MigrationError) || error.code !== 'PERMISSION_DENIED') throw error;
  return warn(
    'This user may not set session_replication_role, so triggers of existing target tables fire during the load.',
    'Nothing to do where Towpath creates the tables. Else expect the triggers, or connect as a user who may (with Supabase: postgres).',
  );
}
