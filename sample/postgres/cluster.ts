/** Makes a cluster (initdb) and starts its server; both run under the server's account. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runAs, type ServerAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Home } from './home.ts';
import { renderSettings, type ServerSettings, serverEnvironment } from './settings.ts';
import { explainStartFailure, readLog } from './start-failure.ts';

export const superuser = 'postgres';

/** Returns the superuser's password: a new one, or the one kept in a persistent home. */
export async function prepareCluster(
  home: Home,
  binaries: Binaries,
  account: ServerAccount,
  persistent: boolean,
): Promise<string> {
  if (existsSync(join(home.data, 'PG_VERSION'))) return readFileSync(home.passwordFile, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(home.passwordFile, `${password}\n`, { mode: 0o600 });
  mkdirSync(home.data, { mode: 0o700 });
  const handover = join(home.data, '..', 'handover');
  writeFileSync(handover, `${password}\n`, { mode: 0o600 });
  if (account !== null) {
    for (const path of [home.data, handover]) chownSync(path, account.uid, account.gid);
  }
  try {
    await runInitdb(home, binaries, account, { handover, persistent });
  } finally {
    rmSync(handover, { force: true });
    if (!persistent) rmSync(home.passwordFile, { force: true });
  }
  appendFileSync(join(home.data, 'postgresql.conf'), "\ninclude_if_exists = 'towpath.conf'\n");
  return password;
}

async function runInitdb(
  home: Home,
  binaries: Binaries,
  account: ServerAccount,
  options: { handover: string; persistent: boolean },
): Promise<void> {
  const args = [
    `--pgdata=${home.data}`,
    `--username=${superuser}`,
    `--pwfile=${options.handover}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...(binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
    ...(options.persistent ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(binaries.initdb, args, { cwd: '/', env: serverEnvironment, ...runAs(account) });
  } catch (cause) {
    throw explainStartFailure(String((cause as { stderr?: string }).stderr ?? cause), cause);
  }
}

/** Starts the server's process: 127.0.0.1 only, no Unix socket, a process group of its own (Ctrl-C is not for it). */
export function spawnServer(
  home: Home,
  binaries: Binaries,
  account: ServerAccount,
  options: { port: number; settings: ServerSettings },
): ChildProcess {
  writeFileSync(join(home.data, 'towpath.conf'), renderSettings(options.settings), { mode: 0o644 });
  rmSync(home.logFile, { force: true });
  const log = openSync(home.logFile, 'a', 0o600);
  const args = ['-D', home.data, '-p', String(options.port), '-h', '127.0.0.1', '-k', ''];
  const child = spawn(binaries.postgres, args, {
    stdio: ['ignore', log, log],
    detached: true,
    cwd: '/',
    env: serverEnvironment,
    ...runAs(account),
  });
  child.once('error', () => {}); // waitForServer tells
  closeSync(log);
  return child;
}

/**
 * Resolves once the server accepts connections: the eighth line of postmaster.pid says "ready", as pg_ctl reads it.
 * Recovery after a crash may take a while.
 */
export async function waitForServer(child: ChildProcess, home: Home): Promise<void> {
  const deadline = process.hrtime.bigint() + 120_000_000_000n;
  while (process.hrtime.bigint() < deadline) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) break;
    const lines = readLog(home.pidFile).split('\n');
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return;
    await sleep(15);
  }
  child.kill('SIGQUIT');
  throw explainStartFailure(readLog(home.logFile));
}
