/** Starts the page and its API, and ends them at Ctrl-C. Loaded late: it brings the server with it. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createLog } from '../../engine/core/log.ts';
import { openSessionFile } from '../../server/access/session-file.ts';
import { createSessions } from '../../server/access/sessions.ts';
import { createApp } from '../../server/app.ts';
import { createGuards } from '../../server/guards/guards.ts';
import { createLive } from '../../server/live/live.ts';
import { createMetrics } from '../../server/metrics/metrics.ts';
import { createMigrations } from '../../server/migrations/migrations.ts';
import { startServer } from '../../server/start-server.ts';
import { openPageFiles } from '../../server/static/page-files.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { createStopSignal } from '../stop-signal.ts';
import { addressesOf } from './addresses.ts';
import { migrationSources } from './migration-sources.ts';
import { restBeforeEnd } from './rest-before-end.ts';
import { whoMayEnter } from './who-may-enter.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly address?: string;
  readonly as?: string;
}

/** @throws what its parts throw before anything listens: INVALID_CONFIG, ACCESS_NOT_CONFIGURED, PAGE_NOT_BUILT, PORT_IN_USE … */
export async function servePage(context: Context, options: ServeOptions): Promise<ExitCode> {
  const { world, output, path } = context;
  const config = await context.config();
  const log = createLog({
    level: config.logLevel,
    folder: path('logs'),
    clock: world.clock,
    correlationId: randomUUID(),
  }).child({ component: 'server' });
  const { access, token } = await whoMayEnter(context, config, { owner: options.as ?? world.userName, log });
  const addresses = addressesOf(options, token === null);
  const page = openPageFiles(join(import.meta.dirname, '..', '..', 'web', 'dist'));
  let { port } = options; // 0: known once it listens
  const guards = createGuards({ origins: () => addresses.all(port), log, clock: world.clock });
  const sessions = createSessions(
    access,
    world.clock,
    openSessionFile(path(join('.towpath', 'sessions.json'))),
  );
  const migrations = createMigrations(migrationSources(context, config));
  const live = createLive(migrations, world.clock);
  const metrics = createMetrics({ migrations, live });
  const app = createApp({ access, sessions, guards, migrations, live, metrics, page, version: '0.1.0' });
  const server = await startServer(app, { host: options.host, port }, guards);
  port = server.port;
  if (addresses.warning !== null) output.warn(addresses.warning);
  tell(output, addresses.shown(port), token);
  await interruption(context);
  await server.close();
  await live.close();
  await restBeforeEnd(context, migrations);
  await migrations.close();
  log.close();
  return exitCode.done;
}

function tell(output: Context['output'], address: string, token: string | null): void {
  const opened = token === null ? `${address}/` : `${address}/enter?token=${token}`;
  output.result({ status: 'listening', address: opened });
  output.say(`Open ${opened}`);
  if (token === null) output.say('People come in by the address they were given with their token.');
  output.say('Ctrl-C ends the page; a migration that is moving goes on.');
}

/** The first one ends it in order, the second at once. */
async function interruption({ world, output }: Context): Promise<void> {
  const { signal } = createStopSignal(world, {
    first: () => ['Ending; answers under way are finished. Ctrl-C again ends at once.'],
    second: () => [],
    say: (line) => output.warn(line),
  });
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
