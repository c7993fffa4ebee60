import { type Check, fail, pass } from './check.ts';

/** Does the target take writes? A standby does not, nor a Supabase database whose disk is full. */
export const readOnly: Check = {
  name: 'target-read-only',
  needs: ['target'],
  async look(context) {
    const target = context.database('target');
    if (target.readOnly) return pass('The target was opened read-only on purpose (dry run).');
    const [row] = await target.query<{ readOnly: boolean; standby: boolean }>(
      `select current_setting('transaction_read_only') = 'on' as "readOnly", pg_is_in_recovery() as standby`,
    );
    if (row!.standby) {
      return fail('The target is a standby, which takes no writes.', 'Connect to the primary server.');
    }
    if (!row!.readOnly) return pass('The target takes writes.');
    return fail(
      'The target is set to read-only.',
      'Supabase does this when the disk is full (free or add disk space). Else: alter database … set default_transaction_read_only = off.',
    );
  },
};
