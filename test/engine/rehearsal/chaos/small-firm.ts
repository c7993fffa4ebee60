/** A small firm with some dirt in its books, a plan for it and a real engine, on databases of its own. */
import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { ChaosOptions, ChaosReport } from '../../../../engine/contract/chaos.ts';
import type { Engine } from '../../../../engine/contract/contract.ts';
import type { RehearsalReport } from '../../../../engine/contract/rehearsal.ts';
import { createClock } from '../../../../engine/core/clock.ts';
import { createSilentLog } from '../../../../engine/core/log.ts';
import { createDatabase } from '../../../../engine/db/database.ts';
import { takeRecommended } from '../../../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import type { OpenMovingEngine } from '../../../../engine/rehearsal/chaos/disturbed-move.ts';
import { createRehearsal } from '../../../../engine/rehearsal/rehearse.ts';
import { assembleRun } from '../../../../engine/run/assemble-run.ts';
import { createEngine } from '../../../../engine/run/engine.ts';
import { movingEngines } from '../../../../engine/run/moving-engine.ts';
import { startRun } from '../../../../engine/run/run-migration.ts';
import { createTestDatabase, defineTemplate, type TestDatabase } from '../../../helpers/test-database.ts';

/** 60 customers, 240 orders of which three lead to nobody, 700 lines with money, and a staff whose members report to each other. */
const firm = defineTemplate('small_firm', async (url) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create table customers (id int primary key, name text not null, email varchar(80), since date, active boolean not null);
    insert into customers select i, 'Customer ' || i, case when i % 9 = 0 then 'no mail' else 'c' || i || '@example.com' end,
      date '2001-01-01' + i, i % 3 > 0 from generate_series(1, 60) i;
    create table staff (id int primary key, name text not null, boss_id int references staff);
    insert into staff select i, 'Staff ' || i, case when i > 1 then i / 2 end from generate_series(1, 20) i;
    create table orders (id bigint primary key, customer_id int, taken_by int references staff, placed timestamp not null);
    insert into orders select i, case when i % 80 = 0 then 9999 else 1 + i % 60 end, 1 + i % 20, timestamp '2010-01-01' + i * interval '1 hour'
      from generate_series(1, 240) i;
    create table lines (order_id bigint not null references orders, line_no int not null, article text not null,
      amount numeric(12,2) not null, primary key (order_id, line_no));
    insert into lines select 1 + i % 240, i, 'Article ' || i % 13, i * 1.07 from generate_series(1, 700) i;`);
  await client.end();
});

export type Spoil = (open: OpenMovingEngine) => OpenMovingEngine;

export interface Firm {
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly engine: Engine;
  readonly plan: PlanFile;
  /** With fifty rows of each kind. `spoil` breaks the engine of each process of a move. */
  rehearse(
    chaos: ChaosOptions,
    spoil?: Spoil,
    of?: { readonly entities: readonly string[]; readonly sample: number },
  ): Promise<RehearsalReport & { readonly chaos: ChaosReport }>;
  /** Schemas of the target that are not its own. */
  schemas(): Promise<string[]>;
}

export async function openFirm(): Promise<Firm> {
  const source = await createTestDatabase(firm);
  const target = await createTestDatabase('empty');
  const log = createSilentLog();
  const databases = [
    createDatabase(source.connection, 'source', { log }),
    createDatabase(target.connection, 'target', { log }),
  ] as const;
  const deps = {
    config: { maxRetryAttempts: 5 },
    source: databases[0],
    target: databases[1],
    log,
    clock: createClock(),
    failpoints: { hit() {} },
  };
  const engine = createEngine(deps);
  const { run } = assembleRun(deps);
  const open = movingEngines(deps);
  const rehearsal = (spoil: Spoil) =>
    createRehearsal({
      ...run,
      ready: async () => {},
      migrate: (scratch, settings) => startRun(run, scratch, settings, true),
      open: spoil(open),
      patienceMilliseconds: 20_000,
    });
  onTestFinished(async () => {
    await Promise.all(databases.map((database) => database.end()));
    await Promise.all([source.drop(), target.drop()]);
  });
  const catalog = await engine.analyze({ schemas: ['public'] });
  const plan = takeRecommended(
    engine.createPlan(catalog, { migration: 'firm', targetSchema: 'moved', today: '2026-11-12' }),
  );
  return {
    source,
    target,
    engine,
    plan,
    async rehearse(chaos, spoil = (whole) => whole, of = { entities: [], sample: 50 }) {
      const report = await rehearsal(spoil).rehearse(plan, { ...of, chaos });
      if (report.chaos === undefined)
        throw new Error(
          `no chaos: ${JSON.stringify(report.validation.checks.filter(({ status }) => status !== 'pass'))}`,
        );
      return { ...report, chaos: report.chaos };
    },
    async schemas() {
      const rows = await target.query<{ name: string }>(
        `select nspname as name from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public') order by 1`,
      );
      return rows.map(({ name }) => name);
    },
  };
}
