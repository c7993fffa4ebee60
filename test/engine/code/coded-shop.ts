/** A small shop whose names and amounts need code, its plan and a real engine, on databases of its own. */

import { onTestFinished } from 'vitest';
import type { CodeRunners } from '../../../engine/contract/code.ts';
import type { Engine } from '../../../engine/contract/contract.ts';
import type { RehearsalReport } from '../../../engine/contract/rehearsal.ts';
import type { MigrateOptions, RunResult } from '../../../engine/contract/run.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { takeRecommended } from '../../../engine/plan/open-questions.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../../engine/plan/plan-file.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { createTestDatabase, defineTemplate, type TestDatabase } from '../../helpers/test-database.ts';

/** 1,203 people in one column of “Last, First” (three of them without a comma), with the text of an amount. */
const shop = defineTemplate('coded_shop', async (url) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create type mood as enum ('calm', 'cross');
    create table people (id int primary key, full_name text not null, amount text, score int not null,
      big bigint not null, active boolean not null, born date not null, mood mood not null, extra jsonb not null, tags text[]);
    insert into people select i, case when i <= 3 then 'Nobody ' || i else 'Last' || i || ', First' || i end,
      case when i % 7 = 0 then null else i || ',50 EUR' end, i % 100, 9007199254740993 + i, i % 2 = 0,
      date '1970-01-01' + i, case when i % 3 = 0 then 'cross'::mood else 'calm' end,
      jsonb_build_object('n', i), array['a', 'b']
    from generate_series(1, 1203) i;
    create table notes (id int primary key, person_id int not null references people, body text);
    insert into notes select i, 1 + i, 'note ' || i from generate_series(1, 50) i;`);
  await client.end();
});

export interface Shop {
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly engine: Engine;
  readonly catalog: Catalog;
  /** Without code. */
  readonly plan: PlanFile;
  migrate(plan: PlanFile, options?: Partial<MigrateOptions>): Promise<RunResult>;
  rehearse(plan: PlanFile): Promise<RehearsalReport>;
  made(): Promise<string[]>;
}

export async function openShop(code: CodeRunners | null): Promise<Shop> {
  const source = await createTestDatabase(shop);
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
    code,
  });
  onTestFinished(async () => {
    await code?.close();
    await Promise.all(databases.map((database) => database.end()));
    await Promise.all([source.drop(), target.drop()]);
  });
  const catalog = await engine.analyze({ schemas: ['public'] });
  const plan = takeRecommended(
    engine.createPlan(catalog, { migration: 'shop', targetSchema: 'moved', today: '2026-11-12' }),
  );
  return {
    source,
    target,
    engine,
    catalog,
    plan,
    migrate: (changed, options = {}) =>
      engine.migrate(changed, {
        batchSize: 400,
        maxConcurrency: 2,
        validate: true,
        entities: [],
        withDependencies: false,
        dryRun: false,
        checkpointFrequency: 10,
        timeoutMinutes: null,
        maxFailureRate: 1,
        approveAs: 'Marta',
        ...options,
      }),
    rehearse: (changed) => engine.rehearse(changed, { entities: [], sample: 50 }),
    made: async () => {
      const rows = await target.query<{ name: string }>(
        `select nspname as name from pg_namespace where nspname in ('towpath', 'moved') or nspname like 'towpath_%' order by 1`,
      );
      return rows.map(({ name }) => name);
    },
  };
}

/** The plan with other columns of people, and code for them. */
export function withCode(
  plan: PlanFile,
  columns: readonly (Partial<PlanColumn> & Pick<PlanColumn, 'to' | 'type' | 'transform'>)[],
  more: Partial<PlanEntity> = {},
): PlanFile {
  const added = columns.map((column) => ({
    nullable: true,
    onMisfit: 'quarantine' as const,
    confidence: 1,
    reason: 'worked out',
    ...column,
  }));
  const names = new Set(added.map(({ to }) => to));
  return {
    ...plan,
    entities: plan.entities.map((entity) =>
      entity.name === 'people'
        ? { ...entity, ...more, columns: [...entity.columns.filter(({ to }) => !names.has(to)), ...added] }
        : entity,
    ),
  };
}

export const SPLIT = `export default function transform(row: Row): Result {
  const parts = row.full_name.split(', ');
  if (parts.length !== 2) throw new Error('no comma in ' + row.full_name);
  return { first_name: parts[1]!, last_name: parts[0]! };
}
`;
