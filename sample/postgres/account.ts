/**
 * Which operating-system account runs the embedded server?
 *
 * PostgreSQL refuses to run as root. When we are root we hand the server to an account that exists already:
 * `postgres`, else `nobody`. Creating an account was rejected: a demo should not change the machine it runs on.
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MigrationError } from '../../engine/core/errors.ts';

/** Null means: this process's own account. */
export type ServerAccount = { name: string; uid: number; gid: number } | null;

const candidates = ['postgres', 'nobody'];

export function findServerAccount(): ServerAccount {
  if (process.getuid?.() !== 0) return null;
  for (const name of candidates) {
    const uid = numericId('-u', name);
    const gid = numericId('-g', name);
    if (uid !== null && gid !== null && uid !== 0) return { name, uid, gid };
  }
  throw new MigrationError({
    code: 'NO_SERVER_ACCOUNT',
    message:
      'PostgreSQL does not run as root, and this machine has neither a "postgres" nor a "nobody" account.',
    hint: 'Run the command as an ordinary user, or create an account first: useradd --system postgres',
    severity: 'critical',
  });
}

function numericId(flag: '-u' | '-g', name: string): number | null {
  try {
    const id = Number(
      execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    return Number.isInteger(id) ? id : null;
  } catch {
    return null;
  }
}

/** Can the account walk down to this folder? A checkout below a home of mode 0700 it cannot. */
export function canReach(account: ServerAccount, folder: string): boolean {
  if (account === null) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    const { uid, gid, mode } = statSync(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The part of child_process options that makes a child run under the account. */
export function runAs(account: ServerAccount): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}
