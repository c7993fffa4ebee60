/**
 * Where the kept sample's server lives. In the state folder; but PostgreSQL does not run as root, and the account that runs
 * it then may not enter a private folder such as root's home. Then it lives in a folder of its own below /var/tmp, whose
 * name is unpredictable, is written down in the state folder, and must still be ours when it is found again.
 */
import { chmodSync, lstatSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrationError } from '../engine/core/errors.ts';
import { readTextFile, writeJsonFile } from '../engine/workspace/files.ts';
import { type EmbeddedServer, startPostgres } from '../sample/postgres/server.ts';

const base = '/var/tmp';

/** Of the server that is kept, or would be made. */
export function findSampleHome(folder: string): string {
  const elsewhere = readPlace(placeFile(folder));
  return elsewhere !== null && isOurs(elsewhere) ? elsewhere : join(folder, 'postgres');
}

/** @throws DATA_FOLDER_IN_USE, DATA_FOLDER_NOT_EMPTY and what else keeps a server from starting */
export async function startSampleServer(folder: string): Promise<EmbeddedServer> {
  try {
    return await start(findSampleHome(folder));
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (error.code === 'DATA_FOLDER_UNREACHABLE') return startElsewhere(folder);
    const { code, message, hint, cause } = error;
    throw new MigrationError({ code, message, hint: hints[code] ?? hint, severity: 'critical', cause });
  }
}

function start(dataFolder: string): Promise<EmbeddedServer> {
  return startPostgres({ dataFolder, persistent: true, settings: { synchronous_commit: false } });
}

function startElsewhere(folder: string): Promise<EmbeddedServer> {
  const home = mkdtempSync(join(base, 'towpath-sample-'));
  chmodSync(home, 0o711);
  writeJsonFile(placeFile(folder), { server: home });
  return start(home);
}

/** The embedded server's own hints speak of an option that these commands do not have. */
const hints: Readonly<Record<string, string>> = {
  DATA_FOLDER_IN_USE: 'One conversation with the sample at a time: end the other one first.',
  DATA_FOLDER_NOT_EMPTY: 'Move .towpath/sample away, or start the command in another folder.',
};

const placeFile = (folder: string) => join(folder, 'server.json');

const place = z.object({ server: z.string().startsWith(`${base}/towpath-sample-`) });

function readPlace(file: string): string | null {
  try {
    return place.parse(JSON.parse(readTextFile(file) ?? 'null')).server;
  } catch {
    return null;
  }
}

function isOurs(folder: string): boolean {
  try {
    const { uid } = lstatSync(folder);
    return lstatSync(folder).isDirectory() && uid === process.getuid?.();
  } catch {
    return false;
  }
}
