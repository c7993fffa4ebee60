/**
 * A control schema of another name, with a lock of its own: the ledger of a rehearsal under faults, which begins and breaks off
 * many runs, must not use up the numbers of the real one, nor fill its audit log.
 *
 * The name stands in the text of every statement of this room and of those above it, always as `towpath` before a dot or
 * behind the word schema; so the text is where it is changed, on its way to the server (db/rename-statements.ts). Rejected: the
 * name as a parameter of a hundred and forty statements, for one caller.
 */
import { createHash } from 'node:crypto';
import type { Rename } from '../db/rename-statements.ts';
import { LOCK, LOCK_SPACE } from './run-lock.sql.ts';

export function ledgerNamed(name: string): Rename {
  const ofName = createHash('sha256').update(name).digest().readUInt32BE(0) >>> 1;
  const lock = `${LOCK_SPACE}, ${ofName}`;
  return (sql) =>
    sql
      .replaceAll(/\btowpath(?="?\.)/g, name)
      .replaceAll(/\b(schema (?:if not exists )?)towpath\b/g, `$1${name}`)
      .replaceAll("to_regnamespace('towpath')", `to_regnamespace('${name}')`)
      .replaceAll(LOCK, lock);
}
