/**
 * A real PostgreSQL of one's own, from npm, for the demo, the tests and the bench.
 *
 * Promises: listens on 127.0.0.1 only, on a free port, with a generated password; starts as root and as an ordinary
 * user; is gone with its temporary folder after `stop()`, and also when this process ends in any other way (guard.ts).
 * It keeps no event loop alive, so a forgotten `stop()` does not hang a program.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import pg from 'pg';
import { MigrationError } from '../../engine/core/errors.ts';
import { quoteIdentifier } from '../../engine/db/quote.ts';
import { findServerAccount, type ServerAccount } from './account.ts';
import { type Binaries, describeBinaries, prepareBinaries } from './binaries.ts';
import { prepareCluster, spawnServer, superuser, waitForServer } from './cluster.ts';
import { type Guard, startGuard } from './guard.ts';
import { type Home, openHome, recordOwner, sweepAbandonedHomes } from './home.ts';
import type { ServerSettings } from './settings.ts';

export type EmbeddedServerOptions = {
  /** Where the server lives; a temporary folder by default. */
  dataFolder?: string;
  /** A free one by default. */
  port?: number;
  /** Settings of postgresql.conf, over the defaults of settings.ts. */
  settings?: ServerSettings;
  /** Keep the data folder after the server has stopped. Default: true if `dataFolder` is given. */
  persistent?: boolean;
  /** Folder with the programs of another PostgreSQL, such as /usr/lib/postgresql/15/bin; npm's by default. */
  programs?: string;
  /** Told what happens, one line each; silent by default. */
  log?: (line: string) => void;
};

export type EmbeddedServer = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly version: string;
  /** Process number of the server, for measuring its memory. */
  readonly pid: number;
  readonly dataFolder: string;
  /** `postgres://…` of one database on this server. */
  url(database: string): string;
  /** Makes a database, as a copy of `template` if one is named. */
  createDatabase(name: string, template?: string): Promise<void>;
  /** Drops a database if it exists and closes the connections to it. */
  dropDatabase(name: string): Promise<void>;
  /** Stops the server and, unless it is persistent, removes its folder. May be called twice. */
  stop(): Promise<void>;
};

/** @throws MigrationError with a code of account.ts, binaries.ts, home.ts or start-failure.ts */
export async function startPostgres(options: EmbeddedServerOptions = {}): Promise<EmbeddedServer> {
  const log = options.log ?? (() => {});
  const persistent = options.persistent ?? options.dataFolder !== undefined;
  const account = findServerAccount();
  const swept = sweepAbandonedHomes();
  if (swept > 0) log(`removed ${swept} embedded PostgreSQL left behind by a process that was killed`);
  const home = openHome(account, { folder: options.dataFolder, persistent });
  try {
    recordOwner(home, 0);
    const binaries = options.programs
      ? describeBinaries(account, options.programs)
      : prepareBinaries(account, home.folder);
    const password = await prepareCluster(home, binaries, account, persistent);
    const started = await startOnFreePort(home, binaries, account, { ...options, persistent });
    log(`PostgreSQL ${binaries.version} listens on 127.0.0.1:${started.port}`);
    return describeServer(home, { ...started, password, persistent, version: binaries.version });
  } catch (error) {
    if (!persistent) rmSync(home.folder, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
}

type Running = { port: number; child: ChildProcess; guard: Guard };

async function startOnFreePort(
  home: Home,
  binaries: Binaries,
  account: ServerAccount,
  options: EmbeddedServerOptions & { persistent: boolean },
): Promise<Running> {
  const settings = options.settings ?? {};
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    const child = spawnServer(home, binaries, account, { port, settings });
    const guard = guardServer(home, child, options.persistent);
    try {
      await waitForServer(child, home);
      return { port, child, guard };
    } catch (error) {
      guard.dismiss();
      const taken = error instanceof MigrationError && error.code === 'PORT_IN_USE';
      if (!taken || options.port !== undefined || attempt === 5) throw error;
    }
  }
}

function guardServer(home: Home, child: ChildProcess, persistent: boolean): Guard {
  const pid = child.pid ?? 0;
  recordOwner(home, pid);
  const { pidFile, folder } = home;
  return persistent
    ? startGuard({ pid, pidFile, signal: 'INT', remove: null })
    : startGuard({ pid, pidFile, signal: 'QUIT', remove: folder });
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

type Started = Running & { password: string; persistent: boolean; version: string };

function describeServer(home: Home, started: Started): EmbeddedServer {
  const { port, child, password, version } = started;
  child.unref();
  const url = (database: string) =>
    `postgres://${superuser}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  let stopping: Promise<void> | undefined;
  return {
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    version,
    pid: child.pid ?? 0,
    dataFolder: home.folder,
    url,
    createDatabase: (name, template) => runOnce(url('postgres'), createStatement(name, template)),
    dropDatabase: (name) =>
      runOnce(url('postgres'), `drop database if exists ${quoteIdentifier(name)} with (force)`),
    stop: () => {
      stopping ??= stopServer(home, started);
      return stopping;
    },
  };
}

/** The guard does the work; what follows it is for the case that somebody killed the guard. */
async function stopServer(home: Home, { child, guard, persistent }: Started): Promise<void> {
  child.ref();
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
  await guard.release();
  if (gone !== null) {
    child.kill('SIGQUIT');
    await gone;
  }
  rmSync(persistent ? home.ownerFile : home.folder, { recursive: true, force: true, maxRetries: 5 });
}

function createStatement(name: string, template: string | undefined): string {
  const copy = template === undefined ? '' : ` template ${quoteIdentifier(template)} strategy file_copy`;
  return `create database ${quoteIdentifier(name)}${copy}`;
}

async function runOnce(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
