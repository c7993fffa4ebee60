/** A small office, its plan and a real engine on databases of its own: what approvals are tried on. */

import { onTestFinished } from 'vitest';
import type { Engine } from '../../../engine/contract/contract.ts';
import type { MigrateOptions, RunResult } from '../../../engine/contract/run.ts';
import { createClock } from '../../../engine/core/clock.ts';
import type { TowpathEvent } from '../../../engine/core/events.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { takeRecommended } from '../../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import { createTestDatabase, defineTemplate, type TestDatabase } from '../../helpers/test-database.ts';

/** 4 teams, 100 people in them, 100 badges of people; five of the badges have points that are no number. */
const office = defineTemplate('office_for_approvals', async (url) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create table teams (id int primary key, name text not null);
    create table people (id int primary key, team_id int not null references teams, name text not null);
    create table badges (id int primary key, person_id int not null references people, points text not null);
    insert into teams select i, 'team ' || i from generate_series(1, 4) i;
    insert into people select i, 1 + i % 4, 'person ' || i from generate_series(1, 100) i;
    insert into badges select i, 1 + i % 100, case when i <= 5 then 'many' else i::text end from generate_series(1, 100) i;`);
  await client.end();
});

export interface Office {
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly engine: Engine;
  readonly plan: PlanFile;
  readonly events: readonly TowpathEvent[];
  migrate(options?: Partial<MigrateOptions>, plan?: PlanFile): Promise<RunResult>;
  resume(runId: string): Promise<RunResult>;
  rows(table: string): Promise<number>;
  /** What was written to the audit log, oldest first. */
  audited(): Promise<string[]>;
}

export async function openOffice(): Promise<Office> {
  const source = await createTestDatabase(office);
  const target = await createTestDatabase('empty');
  const log = createSilentLog();
  const databases = [
    createDatabase(source.connection, 'source', { log }),
    createDatabase(target.connection, 'target', { log }),
  ] as const;
  const engine = createEngine({
    config: { maxRetryAttempts: 0 },
    source: databases[0],
    target: databases[1],
    log,
    clock: createClock(),
    failpoints: createFailpoints(undefined),
  });
  onTestFinished(async () => {
    await Promise.all(databases.map((database) => database.end()));
    await Promise.all([source.drop(), target.drop()]);
  });
  const events: TowpathEvent[] = [];
  engine.events.subscribe((event) => void events.push(event));
  const catalog = await engine.analyze({ schemas: ['public'] });
  const plan = numbered(
    takeRecommended(
      engine.createPlan(catalog, { migration: 'office', targetSchema: 'moved', today: '2026-11-12' }),
    ),
  );
  const run = { batchSize: 50, maxConcurrency: 2, validate: true };
  return {
    source,
    target,
    engine,
    plan,
    events,
    migrate: (options = {}, changed = plan) =>
      engine.migrate(changed, {
        ...run,
        entities: [],
        withDependencies: false,
        dryRun: false,
        checkpointFrequency: 10,
        timeoutMinutes: null,
        maxFailureRate: null,
        approveAs: null,
        ...options,
      }),
    resume: (runId) => engine.resume(runId, run),
    async rows(table) {
      const [there] = await target.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
        `moved.${table}`,
      ]);
      if (!there!.there) return 0;
      const [counted] = await target.query<{ n: number }>(`select count(*)::int as n from moved.${table}`);
      return counted!.n;
    },
    audited: async () => {
      const rows = await target.query<{ entry: string }>(
        `select actor || ' ' || action || coalesce(' ' || (details ->> 'action'), '') as entry from towpath.audit_log order by seq`,
      );
      return rows.map(({ entry }) => entry);
    },
  };
}

/** Points become whole numbers, so that the words among them are set aside. */
function numbered(plan: PlanFile): PlanFile {
  return {
    ...plan,
    entities: plan.entities.map((entity) => ({
      ...entity,
      columns: entity.columns.map((column) =>
        entity.name === 'badges' && column.to === 'points'
          ? { ...column, type: 'integer', transform: { kind: 'cast' } as const }
          : column,
      ),
    })),
  };
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing was refused';
  } catch (error) {
    return (error as { code: string }).code;
  }
}
