/**
 * Where does an embedded server live, and what is left of servers whose owner died?
 *
 * A home is one folder: `data` (the cluster, the only part the server's account owns), `native` (programs, if they had
 * to be copied), `server.log`, `password` (persistent homes only) and `owner.json`.
 * Temporary homes are made in the first folder for temporary files that the server's account can enter.
 * Only homes that belong to our own account are ever touched: anybody may create a folder in /tmp.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MigrationError } from '../../engine/core/errors.ts';
import { canReach, type ServerAccount } from './account.ts';
import { isRunning, startTime } from './processes.ts';

export type Home = {
  folder: string;
  data: string;
  pidFile: string;
  logFile: string;
  passwordFile: string;
  ownerFile: string;
};

/** `ownerStarted` tells a living owner from another process that was given its number later. */
type Owner = { ownerPid: number; ownerStarted: string | null; serverPid: number };

const prefix = 'towpath-postgres-';
const neededBytes = 400 * 1024 * 1024;

/** @throws MigrationError DATA_FOLDER_UNREACHABLE, DATA_FOLDER_NOT_EMPTY, DATA_FOLDER_IN_USE or DISK_FULL */
export function openHome(
  account: ServerAccount,
  wanted: { folder: string | undefined; persistent: boolean },
): Home {
  const folder =
    wanted.folder === undefined
      ? temporaryFolder(account)
      : givenFolder(account, wanted.folder, wanted.persistent);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < neededBytes) {
    if (wanted.folder === undefined) rmSync(folder, { recursive: true });
    throw new MigrationError({
      code: 'DISK_FULL',
      message: `There is too little room for an embedded PostgreSQL in ${folder}: ${Math.floor((bavail * bsize) / 1e6)} MB are free.`,
      hint: 'Free at least 400 MB there, or set TMPDIR to a folder on a larger disk.',
      severity: 'critical',
    });
  }
  return describeHome(folder);
}

function describeHome(folder: string): Home {
  const data = join(folder, 'data');
  return {
    folder,
    data,
    pidFile: join(data, 'postmaster.pid'),
    logFile: join(folder, 'server.log'),
    passwordFile: join(folder, 'password'),
    ownerFile: join(folder, 'owner.json'),
  };
}

function temporaryFolder(account: ServerAccount): string {
  const base = temporaryBases().find((candidate) => canReach(account, candidate));
  if (base === undefined) throw unreachable(tmpdir(), account);
  const folder = mkdtempSync(join(base, prefix));
  chmodSync(folder, 0o711);
  return folder;
}

function temporaryBases(): string[] {
  return [...new Set([tmpdir(), '/tmp', '/var/tmp'])].filter((candidate) => existsSync(candidate));
}

function givenFolder(account: ServerAccount, wanted: string, persistent: boolean): string {
  const folder = resolve(wanted);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (!canReach(account, folder)) throw unreachable(folder, account);
  const home = describeHome(folder);
  if (existsSync(home.ownerFile)) stopAbandonedServer(home);
  if (persistent && existsSync(join(home.data, 'PG_VERSION'))) return folder;
  if (readdirSync(folder).length === 0) return folder;
  throw new MigrationError({
    code: 'DATA_FOLDER_NOT_EMPTY',
    message: `The data folder ${folder} holds files that are not an embedded PostgreSQL.`,
    hint: 'Name an empty folder, or one that an embedded PostgreSQL was kept in before.',
    severity: 'critical',
  });
}

function unreachable(folder: string, account: ServerAccount): MigrationError {
  return new MigrationError({
    code: 'DATA_FOLDER_UNREACHABLE',
    message: `The account "${account?.name}", which runs PostgreSQL because root may not, cannot enter ${folder}.`,
    hint: 'Name a data folder outside of private home folders, for example below /var/tmp, or run as an ordinary user.',
    severity: 'critical',
  });
}

export function recordOwner(home: Home, serverPid: number): void {
  const owner: Owner = { ownerPid: process.pid, ownerStarted: startTime(process.pid), serverPid };
  writeFileSync(home.ownerFile, JSON.stringify(owner), { mode: 0o600 });
}

/** Stops servers and removes temporary homes whose owner and guard are both gone. Returns how many. */
export function sweepAbandonedHomes(): number {
  let swept = 0;
  for (const base of temporaryBases()) {
    for (const name of readdirSync(base).filter((entry) => entry.startsWith(prefix))) {
      const home = describeHome(join(base, name));
      const owner = readOwner(home);
      if (owner === null || isAlive(owner)) continue;
      killServer(home, owner);
      rmSync(home.folder, { recursive: true, force: true, maxRetries: 5 });
      swept += 1;
    }
  }
  return swept;
}

function stopAbandonedServer(home: Home): void {
  const owner = readOwner(home);
  if (owner === null || !serverRuns(home, owner)) return;
  if (!isAlive(owner)) {
    killServer(home, owner);
    return;
  }
  throw new MigrationError({
    code: 'DATA_FOLDER_IN_USE',
    message: `Another process (${owner.ownerPid}) is running an embedded PostgreSQL in ${home.folder}.`,
    hint: 'Wait for it to finish, stop it, or name another data folder.',
    severity: 'critical',
  });
}

function readOwner(home: Home): Owner | null {
  try {
    if (process.getuid !== undefined && lstatSync(home.folder).uid !== process.getuid()) return null;
    const owner: Owner = JSON.parse(readFileSync(home.ownerFile, 'utf8'));
    return Number.isInteger(owner.ownerPid) && Number.isInteger(owner.serverPid) ? owner : null;
  } catch {
    return null;
  }
}

function isAlive(owner: Owner): boolean {
  return isRunning(owner.ownerPid) && startTime(owner.ownerPid) === owner.ownerStarted;
}

function serverRuns(home: Home, owner: Owner): boolean {
  const recorded = existsSync(home.pidFile) ? Number(readFileSync(home.pidFile, 'utf8').split('\n')[0]) : 0;
  return recorded === owner.serverPid && isRunning(owner.serverPid);
}

function killServer(home: Home, owner: Owner): void {
  if (!serverRuns(home, owner)) return;
  process.kill(owner.serverPid, 'SIGQUIT');
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 200 && serverRuns(home, owner); tries++) Atomics.wait(pause, 0, 0, 50);
}
