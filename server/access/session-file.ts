/** Sessions in a file of the state folder, so that a server that is started again knows them. A file that cannot be read holds none. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type SessionStore, storedSession } from './sessions.ts';

const sessionFile = z.array(storedSession);

export function openSessionFile(path: string): SessionStore {
  return {
    load() {
      try {
        return sessionFile.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return [];
      }
    },
    save(sessions) {
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(`${path}.new`, JSON.stringify(sessions), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch {
        // a full disk ends no session; after a restart people sign in again
      }
    },
  };
}
