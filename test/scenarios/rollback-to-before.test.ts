/**
 * A rollback leaves the target as it was before the run: the server's own dump of it, schema and data, sequences, comments, grants,
 * triggers and statistics targets, is the same byte for byte. Rows that were changed and changed back lie elsewhere in their table,
 * so the lines of each COPY are compared in order (docs/decisions/who-wrote-a-row.md). Needs a PostgreSQL with pg_dump on this machine.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../engine/contract/contract.ts';
import { createClock } from '../../engine/core/clock.ts';
import { createConnectionConfig } from '../../engine/core/connection-config.ts';
import { createFailpoints } from '../../engine/core/failpoints.ts';
import { createSilentLog } from '../../engine/core/log.ts';
import { createDatabase } from '../../engine/db/database.ts';
import { takeRecommended } from '../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { createEngine } from '../../engine/run/engine.ts';
import { type EmbeddedServer, startPostgres } from '../../sample/postgres/server.ts';
import { runSql } from '../engine/run/run-sql.ts';
import { installedPostgres } from '../helpers/installed-postgres.ts';
import { legacyShop, newShop } from './existing-target/shop.sql.ts';
import { shopPlan } from './existing-target/shop-plan.ts';

const [installed] = installedPostgres();
const PATIENCE = 240_000;

/** What people leave in a database besides rows. */
const furniture = `
  create schema moved_before; comment on schema moved_before is 'Somebody else''s';
  create table public.numbered (id uuid primary key default gen_random_uuid(), n serial, note text);
  insert into public.numbered (note) select 'x' from generate_series(1, 7);
  comment on column public.users.phone is 'as dialled';
  alter table public.users alter column phone set statistics 250;
  alter table public.orders disable trigger orders_touch;
  alter table public.orders add column shown_no bigserial;
  grant select on public.users to public;
  create index users_by_name on public.users (last_name) where phone is not null;`;

describe.skipIf(installed === undefined)('the dump of the target, before and after', () => {
  let server: EmbeddedServer;
  let databases = 0;

  beforeAll(async () => {
    server = await startPostgres({
      programs: installed!.programs,
      settings: { fsync: false, shared_buffers: '32MB' },
    });
  }, PATIENCE);
  afterAll(() => server?.stop());

  async function createOne(sql: string): Promise<string> {
    const name = `db${++databases}`;
    await runSql(server.url('postgres'), `create database ${name}`);
    if (sql !== '') await runSql(server.url(name), sql);
    return server.url(name);
  }

  interface World {
    readonly target: string;
    readonly plan: PlanFile;
    /** An engine on the same two databases, for as long as the work takes. */
    on<T>(work: (engine: Engine) => Promise<T>, failpoint?: string): Promise<T>;
  }

  async function openWorld(target: string, planned: (engine: Engine) => Promise<PlanFile>): Promise<World> {
    const source = await createOne(legacyShop);
    const on: World['on'] = async (work, failpoint) => {
      const log = createSilentLog();
      const two = [
        createDatabase(configOf(source), 'source', { log }),
        createDatabase(configOf(target), 'target', { log }),
      ] as const;
      const engine = createEngine({
        ...{ config: { maxRetryAttempts: 0 }, source: two[0], target: two[1], log, clock: createClock() },
        failpoints: createFailpoints(failpoint),
      });
      try {
        return await work(engine);
      } finally {
        await Promise.all(two.map((database) => database.end()));
      }
    };
    return { target, on, plan: await on(planned) };
  }

  function dump(url: string): string {
    const text = execFileSync(join(installed!.programs, 'pg_dump'), ['--exclude-schema=towpath', url], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return inOrder(text);
  }

  const options = {
    ...{ entities: [], withDependencies: false, dryRun: false, batchSize: 97, maxConcurrency: 2 },
    ...{ checkpointFrequency: 1000, timeoutMinutes: null, maxFailureRate: 1, validate: false },
    approveAs: 'tester',
  };

  const existing = async () =>
    openWorld(await createOne(`${newShop}; ${furniture}`), async (engine) =>
      shopPlan(await engine.analyze({ structureOnly: true }), 'update'),
    );

  const empty = async () =>
    openWorld(await createOne(''), async (engine) =>
      takeRecommended(
        engine.createPlan(await engine.analyze(), {
          ...{ migration: 'shop', targetSchema: 'new_home', today: '2026-11-21' },
        }),
      ),
    );

  test.each([
    ['tables that were there before', existing],
    ['an empty target, in a schema of its own', empty],
  ])(
    '%s',
    async (_, open) => {
      const { on, plan, target } = await open();
      const before = dump(target);
      const run = await on((engine) => engine.migrate(plan, options));
      const moved = dump(target);
      expect(moved).not.toBe(before);
      const undone = await on((engine) =>
        engine.rollback({ runId: run.runId, entities: [], preview: false }),
      );
      expect(undone.entities.flatMap(({ left }) => left.rows)).toEqual([]);
      expect(dump(target)).toBe(before);
    },
    PATIENCE,
  );

  test.each([
    'rollback.images:2',
    'rollback.restored',
    'rollback.decided',
    'rollback.untied',
    'rollback.chunk:3',
    'rollback.entity:2',
  ])(
    'broken off at %s and done again',
    async (failpoint) => {
      const { on, plan, target } = await existing();
      const before = dump(target);
      const { runId } = await on((engine) => engine.migrate(plan, options));
      const undo = { runId, entities: [], preview: false };
      await on((engine) => engine.rollback(undo), `${failpoint}=error`).catch((error: { code: string }) =>
        expect(error.code).toBe('FAILPOINT'),
      );
      await on((engine) => engine.rollback(undo));
      expect(dump(target)).toBe(before);
      await on((engine) => engine.rollback(undo));
      expect(dump(target)).toBe(before);
    },
    PATIENCE,
  );

  test.each(['rollback.left', 'rollback.left:2'])(
    'rows that others changed stay; asked for, they go, also where that breaks off at %s',
    async (failpoint) => {
      const { on, plan, target } = await existing();
      const before = dump(target);
      const { runId } = await on((engine) => engine.migrate(plan, options));
      await runSql(
        target,
        `update public.order_items set label = 'changed' where id in (
           select new_id from towpath.migration_mappings where entity = 'order_items' and legacy_id in ('7', '70'))`,
      );
      const undo = { runId, entities: [], preview: false };
      const { entities } = await on((engine) => engine.rollback(undo));
      expect(entities.find(({ entity }) => entity === 'order_items')!.left.changed).toBe(2);
      expect(dump(target)).not.toBe(before);
      const force = { ...undo, forceChanged: true };
      await on((engine) => engine.rollback(force), `${failpoint}=error`).then(
        () => expect.unreachable('it did not break off'),
        (error: { code: string }) => expect(error.code).toBe('FAILPOINT'),
      );
      await on((engine) => engine.rollback(force));
      expect(dump(target)).toBe(before);
    },
    PATIENCE,
  );
});

function configOf(url: string) {
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  return createConnectionConfig({ host, port: Number(port), user, password, database: pathname.slice(1) });
}

/** The lines of each COPY in order, without the word that newer versions of pg_dump draw for each dump. */
function inOrder(text: string): string {
  const lines: string[] = [];
  let rows: string[] | null = null;
  for (const line of text.split('\n')) {
    if (/^\\(un)?restrict /.test(line)) continue;
    if (rows !== null && line === '\\.') {
      lines.push(...rows.sort());
      rows = null;
    }
    if (rows === null) lines.push(line);
    else rows.push(line);
    if (/^COPY .* FROM stdin;$/.test(line)) rows = [];
  }
  return lines.join('\n');
}
