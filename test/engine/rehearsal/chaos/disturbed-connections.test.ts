/** Source and target through proxies: over TLS with the server's own name, over a Unix socket, and dead when they are to be. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { ledgerNamed } from '../../../../engine/control/ledger-name.ts';
import { createClock } from '../../../../engine/core/clock.ts';
import type { ConnectionConfig } from '../../../../engine/core/connection-config.ts';
import { createSilentLog } from '../../../../engine/core/log.ts';
import { createDatabase, type Role } from '../../../../engine/db/database.ts';
import { openDisturbed } from '../../../../engine/rehearsal/chaos/disturbed-connections.ts';
import { createOwnCertificate } from '../../../helpers/own-certificate.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';

const legacy = useTestDatabase();
const log = createSilentLog();

/** The real server behind a listener of the test's own. */
async function relay(at: string | null, welcome: (client: Socket, server: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const { host, port } = legacy.connection;
    const server = connect({ host, port });
    for (const socket of [client, server]) sockets.add(socket.on('error', () => {}));
    welcome(client, server);
  });
  await new Promise<void>((resolve) =>
    at === null ? listener.listen(0, '127.0.0.1', resolve) : listener.listen(at, resolve),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  const address = listener.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'towpath-proxy-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function through(config: ConnectionConfig) {
  const database = (role: Role) => createDatabase(config, role, { log });
  const connections = await openDisturbed({
    source: database('source'),
    target: database('target'),
    rename: ledgerNamed('some_ledger'),
    clock: createClock(),
    log,
  });
  onTestFinished(() => connections.close());
  return connections;
}

test('TLS is checked against the name of the server, not against the proxy', async () => {
  const { certificate, key } = createOwnCertificate('localhost');
  const caFile = join(folder(), 'ca.pem');
  writeFileSync(caFile, certificate);
  const port = await relay(null, (client, server) => {
    client.once('data', () => {
      client.write('S');
      const secure = new TLSSocket(client, {
        isServer: true,
        secureContext: createSecureContext({ cert: certificate, key }),
      });
      secure.on('error', () => {});
      secure.pipe(server).pipe(secure);
    });
  });
  const config = {
    ...legacy.connection,
    host: 'localhost',
    port,
    ssl: { mode: 'verify-full', caFile },
  } as const;
  const { source, target } = await through(config);
  expect(await source.query('select 1 as n')).toEqual([{ n: 1 }]);
  expect(await target.query('select 1 as n')).toEqual([{ n: 1 }]);
  // the proxy listens on 127.0.0.1, which the certificate does not name; another name must be refused as well
  const other = await through({ ...config, serverName: 'other.example' });
  await expect(other.source.query('select 1')).rejects.toMatchObject({ code: 'TLS_FAILED' });
  const withoutName = createDatabase({ ...config, host: '127.0.0.1' }, 'source', { log });
  await expect(withoutName.query('select 1')).rejects.toMatchObject({ code: 'TLS_FAILED' });
  await withoutName.end();
});

test('a Unix socket goes through the proxy, too', async () => {
  const host = folder();
  await relay(join(host, '.s.PGSQL.5432'), (client, server) => client.pipe(server).pipe(client));
  const { source, proxies } = await through({ ...legacy.connection, host, port: 5432 });
  expect(await source.query('select 1 as n')).toEqual([{ n: 1 }]);
  expect(proxies.source.counts().connections).toBeGreaterThan(0);
  proxies.source.inject({ kind: 'cut' });
  const session = await source.session();
  proxies.source.inject({ kind: 'reset' });
  await expect(session.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
});

test('the old database is read-only through the proxy, too', async () => {
  const { source } = await through(legacy.connection);
  await expect(source.query('create table public.x (n int)')).rejects.toMatchObject({
    code: 'READ_ONLY_SERVER',
  });
});

test('what died reaches no server any more, and waits for nothing', async () => {
  const connections = await through(legacy.connection);
  const session = await connections.target.session({ purpose: 'dying' });
  const there = async () =>
    (await legacy.query(`select from pg_stat_activity where application_name = 'towpath/dying'`)).length;
  expect(await there()).toBe(1);
  const waiting = expect(connections.clock.sleep(60_000)).rejects.toMatchObject({ name: 'AbortError' });
  await connections.die();
  expect(connections.isDead).toBe(true);
  await waiting;
  await expect(session.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  await expect(connections.target.session()).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
  await expect.poll(there).toBe(0);
});
