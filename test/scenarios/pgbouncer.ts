/** A real connection pooler in transaction mode before the run's server, where this machine has one (Debian: pgbouncer). */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { findServerAccount } from '../../sample/postgres/account.ts';
import { until } from './towpath-process.ts';

const program = '/usr/sbin/pgbouncer';
export const hasPgbouncer = existsSync(program);

export interface Pooler {
  url(database: string): string;
  stop(): Promise<void>;
}

export async function startPooler(): Promise<Pooler> {
  const { host, port, user, password } = inject('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'towpath-pooler-'));
  const own = await freePort();
  const files = { 'users.txt': `"${user}" "${password}"\n`, 'pgbouncer.ini': settings() };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const account = findServerAccount();
  chmodSync(folder, 0o755);
  if (account !== null)
    for (const name of ['', ...Object.keys(files)]) chownSync(join(folder, name), account.uid, account.gid);
  const child = spawn(program, [join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  await until('the pooler', () => accepts(own));
  return {
    url: (database) => `postgres://${user}:${password}@127.0.0.1:${own}/${database}`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };

  function settings(): string {
    return `[databases]
* = host=${host} port=${port} user=${user} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
ignore_startup_parameters = extra_float_digits
`;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
