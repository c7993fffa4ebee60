import { randomInt } from 'node:crypto';
import { type Check, fail, pass } from './check.ts';

/**
 * Are source and target one database under two addresses? Addresses cannot tell (host names, tunnels, poolers), nor
 * can system identifiers, which copies of a disk share. An advisory lock can: it is seen within one database only.
 */
export const sameDatabase: Check = {
  name: 'same-database',
  needs: ['source', 'target'],
  async look(context) {
    const key = [randomInt(2 ** 31), randomInt(2 ** 31)];
    const lock = 'select pg_try_advisory_xact_lock($1, $2) as free';
    const free = await context.database('target').transaction(
      async (target) => {
        await target.query(lock, key);
        return context.database('source').transaction(async (source) => {
          const [row] = await source.query<{ free: boolean }>(lock, key);
          return row!.free;
        });
      },
      { readOnly: true },
    );
    if (free) return pass('Source and target are two databases.');
    return fail(
      'Source and target are the same database.',
      'Give the target a database of its own: correct SOURCE_DATABASE_URL or TARGET_DATABASE_URL.',
    );
  },
};
