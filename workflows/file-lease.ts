/**
 * A lease between the processes of one machine: an exclusive transaction on a small SQLite file, which is a lock of the
 * operating system. It holds exactly as long as the process lives: kill -9 frees it, and no clock, process number or
 * heartbeat can be wrong about it. Rejected: a file with a process number, which outlives the process and may name
 * another one by then. The file itself holds nothing and stays.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Lease } from './lease.ts';

const SQLITE_BUSY = 5;

export function createFileLease(path: string): Lease {
  let holders = 0;
  let lock: DatabaseSync | null = null;
  return {
    take() {
      if (holders === 0) {
        lock = tryLock(path);
        if (lock === null) return null;
      }
      holders += 1;
      let given = true;
      return () => {
        if (!given) return;
        given = false;
        holders -= 1;
        if (holders > 0) return;
        lock?.close();
        lock = null;
      };
    },
  };
}

function tryLock(path: string): DatabaseSync | null {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
}
