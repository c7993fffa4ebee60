/**
 * A PostgreSQL that may be killed and comes back: same port, same data, as after a crash of the machine's software. What was
 * committed is kept (the write-ahead log is written at each commit; only the flush to the disk itself is left out).
 */
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createOneAtATime } from '../../engine/core/one-at-a-time.ts';
import { isRunning } from '../../sample/postgres/processes.ts';
import { type EmbeddedServer, startPostgres } from '../../sample/postgres/server.ts';
import { makeOwnFolder } from './abandoned.ts';

export interface ChaosServer {
  readonly port: number;
  readonly pid: number;
  url(database: string): string;
  /** A connection for each call: none is lost when the server dies. Tried again while it starts. */
  query<T = Record<string, unknown>>(database: string, text: string, values?: unknown[]): Promise<T[]>;
  createDatabase(name: string, template: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  isUp(): boolean;
  /** kill -9 of the server and all its processes, or an immediate stop. */
  die(how: 'kill' | 'immediate'): Promise<void>;
  /** Starts it where it is down; waits until it answers. */
  revive(): Promise<void>;
  remove(): Promise<void>;
}

const settings = {
  fsync: false,
  full_page_writes: false,
  shared_buffers: '64MB',
  max_connections: 80,
  autovacuum: false,
  deadlock_timeout: '300ms',
  max_wal_size: '1GB',
};

export async function startChaosServer(): Promise<ChaosServer> {
  const dataFolder = makeOwnFolder('server');
  rmSync(dataFolder, { recursive: true });
  const start = (port?: number) =>
    startPostgres({ dataFolder, persistent: true, settings, ...(port === undefined ? {} : { port }) });
  let server: EmbeddedServer = await start();
  // two faults may have struck it at once, and both bring it back
  const reviving = createOneAtATime();
  const { port } = server;

  async function query<T>(database: string, text: string, values?: unknown[]): Promise<T[]> {
    const client = await connectTo(server.url(database));
    try {
      return (await client.query(text, values)).rows as T[];
    } finally {
      await client.end();
    }
  }

  return {
    port,
    get pid() {
      return server.pid;
    },
    url: (database) => server.url(database),
    query,
    createDatabase: (name, template) => server.createDatabase(name, template),
    dropDatabase: (name) => server.dropDatabase(name),
    isUp: () => isRunning(server.pid),
    async die(how) {
      const children = childrenOf(server.pid);
      signal(server.pid, how === 'kill' ? 'SIGKILL' : 'SIGQUIT');
      if (how === 'kill') for (const child of children) signal(child, 'SIGKILL');
      for (let tries = 0; tries < 1_000 && isRunning(server.pid); tries++) await sleep(10);
    },
    revive: () =>
      reviving(async () => {
        if (isRunning(server.pid)) return;
        await server.stop();
        for (let tries = 1; ; tries++) {
          try {
            server = await start(port);
            return;
          } catch (error) {
            // its last processes may still be ending, and hold the port and the shared memory
            if (tries === 40) throw error;
            await sleep(100);
          }
        }
      }),
    async remove() {
      await server.stop();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export async function connectTo(connectionString: string): Promise<pg.Client> {
  for (let tries = 1; ; tries++) {
    const client = new pg.Client({ connectionString, application_name: 'chaos' });
    client.on('error', () => {}); // the statement tells
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      const { code } = error as { code?: string };
      const starting = code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET';
      if (!starting || tries === 100) throw error;
      await sleep(50);
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended already
  }
}
