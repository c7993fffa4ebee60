/**
 * The server as `towpath serve` starts it, on a port of its own, with people of every role, and a log that is read afterwards.
 * Requests are made byte by byte where a browser or a client would put them right.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { createLog } from '../../engine/core/log.ts';
import { createPeopleAccess } from '../../server/access/people-access.ts';
import { addPerson } from '../../server/access/people-file.ts';
import { createSessions } from '../../server/access/sessions.ts';
import { createApp } from '../../server/app.ts';
import { createGuards, type GuardSettings } from '../../server/guards/guards.ts';
import { createLive } from '../../server/live/live.ts';
import { createMetrics } from '../../server/metrics/metrics.ts';
import { createMigrations, type MigrationSource } from '../../server/migrations/migrations.ts';
import type { Role } from '../../server/shapes/access.ts';
import { startServer } from '../../server/start-server.ts';
import { openPageFiles } from '../../server/static/page-files.ts';
import { voice } from './routes/api.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Of a problem. */
  readonly code: string | null;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** With this token. */
  readonly as?: string;
  /** With this cookie, as the page of this server. */
  readonly cookie?: string;
}

export interface LogLine {
  readonly action: string;
  readonly level: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Place {
  readonly origin: string;
  readonly host: string;
  readonly peopleFile: string;
  readonly tokens: Readonly<Record<Role | 'expired', string>>;
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** Bytes as they are, and whatever comes back. */
  send(bytes: string, thenWait?: boolean): Promise<string>;
  /** The cookie, `name=value`. */
  enter(token: string): Promise<string>;
  /** Lines since the last time. */
  logged(): LogLine[];
  /** All that was ever logged. */
  log(): string;
  /** Milliseconds that everybody's clock is ahead from now on. */
  wait(milliseconds: number): void;
  close(): Promise<void>;
}

export interface PlaceOptions extends Partial<Pick<GuardSettings, 'rates' | 'streams'>> {
  readonly sources?: readonly MigrationSource[];
  readonly patience?: { readonly headers?: number; readonly request?: number; readonly ending?: number };
  /** Instead of http://127.0.0.1 and its port. */
  readonly address?: string;
}

export const names: Readonly<Record<Role | 'expired', string>> = {
  viewer: 'Vera View',
  operator: 'Otto Operate',
  approver: 'Ada Approve',
  expired: 'Erik Expired',
};

/** A migration that does not open. */
export const closedSource: MigrationSource = {
  id: 'sample',
  name: 'Practice',
  source: null,
  target: null,
  voice,
  exists: () => true,
  open: () => Promise.reject(new MigrationError({ code: 'MIGRATION_CLOSED', message: 'Closed.', hint: '' })),
};

export async function openPlace(options: PlaceOptions = {}): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-server-'));
  const clockNow = { ahead: 0 };
  const real = createClock(() => clockNow.ahead);
  const clock = { ...real, monotonic: () => real.monotonic() + clockNow.ahead };
  const peopleFile = join(folder, 'people.json');
  const tokens = addPeople(peopleFile);
  const log = createLog({ level: 'info', folder: join(folder, 'logs'), clock: real, correlationId: 'test' });
  const access = createPeopleAccess(peopleFile, clock, log);
  const served = { port: 0 };
  const origins = () => (options.address === undefined ? [] : [options.address]).concat(own());
  const own = () => ['127.0.0.1', 'localhost'].map((name) => `http://${name}:${served.port}`);
  const { rates = {}, streams = {} } = options;
  const guards = createGuards({ origins, log, clock, rates, streams });
  const migrations = createMigrations(options.sources ?? [closedSource]);
  const live = createLive(migrations, clock);
  const app = createApp({
    access,
    sessions: createSessions(access, clock),
    guards,
    migrations,
    live,
    metrics: createMetrics({ migrations, live }),
    page: openPageFiles(pageIn(folder)),
    version: '1',
  });
  const { patience = {} } = options;
  const server = await startServer(app, { host: '127.0.0.1', port: 0, patience }, guards);
  served.port = server.port;
  const host = `127.0.0.1:${server.port}`;
  let read = 0;
  const place: Place = {
    origin: `http://${host}`,
    host,
    peopleFile,
    tokens,
    ask: (path, asked = {}) => ask(server.port, path, asked),
    send: (bytes, thenWait = false) => send(server.port, bytes, thenWait),
    async enter(token) {
      const { headers } = await ask(server.port, `/enter?token=${token}`, {});
      return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    },
    logged() {
      const lines = logOf(folder).split('\n').filter(Boolean);
      const news = lines.slice(read).map((line) => JSON.parse(line) as LogLine);
      read = lines.length;
      return news;
    },
    log: () => logOf(folder),
    wait: (milliseconds) => {
      clockNow.ahead += milliseconds;
    },
    async close() {
      await server.close();
      await migrations.close();
      log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return place;
}

function addPeople(path: string): Place['tokens'] {
  const now = new Date();
  const add = (role: Role, name: string, until: Date | null) => addPerson(path, { name, role, until, now });
  return {
    viewer: add('viewer', names.viewer, null),
    operator: add('operator', names.operator, null),
    approver: add('approver', names.approver, null),
    expired: add('approver', names.expired, new Date(now.getTime() - 1000)),
  };
}

function pageIn(folder: string): string {
  const page = mkdtempSync(join(folder, 'page-'));
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>The page</title>');
  return page;
}

function logOf(folder: string): string {
  try {
    const files = readdirSync(join(folder, 'logs')).sort();
    return files.map((name) => readFileSync(join(folder, 'logs', name), 'utf8')).join('');
  } catch {
    return '';
  }
}

function ask(port: number, path: string, asked: Asked): Promise<Answer> {
  const { method = 'GET', headers = {}, body, as, cookie } = asked;
  const all: OutgoingHttpHeaders = {
    ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
    ...(cookie === undefined
      ? {}
      : { cookie, origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' }),
    ...headers,
  };
  for (const [name, value] of Object.entries(all)) if (value === undefined) delete all[name];
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: all, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, code: codeIn(text) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function codeIn(text: string): string | null {
  try {
    return (JSON.parse(text) as { code?: string }).code ?? null;
  } catch {
    return null;
  }
}

function send(port: number, bytes: string, thenWait: boolean): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      if (thenWait) socket.write(bytes);
      else socket.end(bytes);
    });
    socket.setEncoding('utf8').on('data', (part: string) => {
      heard += part;
    });
    socket.on('error', () => resolve(heard));
    socket.on('close', () => resolve(heard));
  });
}
