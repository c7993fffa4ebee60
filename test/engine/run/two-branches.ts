/**
 * An office of two branches that know nothing of each other: teams ← people ← badges, rooms ← desks; and a real engine
 * whose runs a test can step into at any failpoint.
 */
import { onTestFinished } from 'vitest';
import type { Engine } from '../../../engine/contract/contract.ts';
import type { MigrateOptions, ResumeOptions, RunResult } from '../../../engine/contract/run.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createConnectionConfig } from '../../../engine/core/connection-config.ts';
import type { EventPayloads, EventType, TowpathEvent } from '../../../engine/core/events.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { takeRecommended } from '../../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import type { EngineDependencies } from '../../../engine/run/assemble-run.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import { createTestDatabase, defineTemplate, type TestDatabase } from '../../helpers/test-database.ts';

const template = defineTemplate('office_of_two_branches', async (url) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create table teams (id int primary key, name text not null);
    create table people (id int primary key, team_id int not null references teams, name text not null, note text);
    create table badges (id int primary key, person_id int not null references people, points text not null);
    create table rooms (id int primary key, name text not null);
    create table desks (id int primary key, room_id int not null references rooms, name text not null);
    insert into teams select i, 'team ' || i from generate_series(1, 4) i;
    insert into people select i, 1 + i % 4, 'person ' || i, repeat('n', 500) from generate_series(1, 400) i;
    insert into badges select i, 1 + i % 400, i::text from generate_series(1, 100) i;
    insert into rooms select i, 'room ' || i from generate_series(1, 4) i;
    insert into desks select i, 1 + i % 4, 'desk ' || i from generate_series(1, 400) i;
    analyze;`);
  await client.end();
});

export const SIZES = { teams: 4, people: 400, badges: 100, rooms: 4, desks: 400 } as const;

type Settings = Partial<Pick<EngineDependencies, 'errorHandlers'>> & {
  readonly retries?: number;
  readonly recovers?: boolean;
  /** Waits as long as it is told to. */
  readonly patient?: boolean;
  /** The source is read by this role, whose password is `secret`. */
  readonly reader?: string;
};

export interface Branches {
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly engine: Engine;
  readonly plan: PlanFile;
  /** Somebody else who has these connections closes them. */
  closePools(): Promise<void>;
  /** Does something when the run comes to a failpoint for the nth time. */
  at(point: string, hit: number, work: () => unknown): void;
  migrate(options?: Partial<MigrateOptions>, plan?: PlanFile): Promise<RunResult>;
  resume(runId: string, options?: Partial<ResumeOptions>): Promise<RunResult>;
  /** Rows of each table in the target; missing tables have none. */
  rows(): Promise<Record<string, number>>;
  of<T extends EventType>(type: T): Readonly<EventPayloads[T]>[];
  /** Entity → state. */
  states(run: RunResult): Record<string, string>;
}

export async function openBranches({
  retries = 3,
  recovers = true,
  errorHandlers,
  reader,
  patient = false,
}: Settings = {}): Promise<Branches> {
  const source = await createTestDatabase(template);
  const target = await createTestDatabase('empty');
  const log = createSilentLog();
  const { host, port, database } = source.connection;
  const asReader = () => createConnectionConfig({ host, port, user: reader, password: 'secret', database });
  const databases = [
    createDatabase(reader === undefined ? source.connection : asReader(), 'source', { log }),
    createDatabase(target.connection, 'target', { log }),
  ] as const;
  const steps = new Map<string, () => unknown>();
  const hits = new Map<string, number>();
  const clock = createClock();
  const engine = createEngine({
    config: { maxRetryAttempts: retries, errorRecovery: recovers },
    source: databases[0],
    target: databases[1],
    log,
    // waits are what the table says; here nobody has that long
    clock: {
      ...clock,
      sleep: (milliseconds, signal) =>
        clock.sleep(patient ? milliseconds : Math.min(milliseconds, 20), signal),
    },
    failpoints: {
      async hit(name) {
        const count = (hits.get(name) ?? 0) + 1;
        hits.set(name, count);
        await steps.get(`${name}:${count}`)?.();
      },
    },
    ...(errorHandlers ? { errorHandlers } : {}),
  });
  onTestFinished(async () => {
    await Promise.all(databases.map((opened) => opened.end()));
    await Promise.all([source.drop(), target.drop()]);
  });
  if (reader !== undefined) await letRead(source, reader);
  const events: TowpathEvent[] = [];
  engine.events.subscribe((event) => void events.push(event));
  const catalog = await engine.analyze({ schemas: ['public'] });
  const made = engine.createPlan(catalog, {
    migration: 'office',
    targetSchema: 'moved',
    today: '2026-11-12',
  });
  const plan = takeRecommended(made);
  return {
    source,
    target,
    engine,
    plan,
    closePools: async () => void (await Promise.all(databases.map((opened) => opened.end()))),
    at: (point, hit, work) => void steps.set(`${point}:${(hits.get(point) ?? 0) + hit}`, work),
    migrate: (options = {}, changed = plan) =>
      engine.migrate(changed, {
        entities: [],
        withDependencies: false,
        dryRun: false,
        batchSize: 100,
        maxConcurrency: 1,
        validate: true,
        checkpointFrequency: 10,
        timeoutMinutes: null,
        maxFailureRate: null,
        approveAs: 'Marta',
        ...options,
      }),
    resume: (runId, options = {}) =>
      engine.resume(runId, { batchSize: 100, maxConcurrency: 1, validate: true, ...options }),
    async rows() {
      const counts: Record<string, number> = {};
      for (const name of Object.keys(SIZES)) {
        const [there] = await target.query<{ there: boolean }>(
          'select to_regclass($1) is not null as there',
          [`moved.${name}`],
        );
        const found = there!.there
          ? await target.query<{ n: number }>(`select count(*)::int as n from moved.${name}`)
          : [{ n: 0 }];
        counts[name] = found[0]!.n;
      }
      return counts;
    },
    of: (type) => events.filter((event) => event.type === type) as never,
    states: (run) => Object.fromEntries(run.entities.map(({ entity, state }) => [entity, state])),
  };
}

async function letRead(source: TestDatabase, reader: string): Promise<void> {
  await source.query(`create role ${reader} login password 'secret'`);
  await source.query(`grant select on all tables in schema public to ${reader}`);
  onTestFinished(async () => {
    await source.query(`drop owned by ${reader}`).catch(() => undefined);
  });
}
