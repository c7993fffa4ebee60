/**
 * Customers that the old system holds several times, through the real command line: the plan asks, the answer makes them one, the
 * move dies at every kind of place and goes on, every count is exact, and taking it back leaves nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { planFile } from '../../engine/plan/plan-file.ts';
import { runSql } from '../engine/run/run-sql.ts';
import { defineTemplate, useTestDatabase } from '../helpers/test-database.ts';
import { killed, succeeded } from './sample-move.ts';
import { createWorkplace, type Workplace } from './towpath-process.ts';

/** 300 customers: the last 20 have the addresses of the first, two of them in another case. 900 purchases, three each. */
const legacy = defineTemplate('shop_with_duplicates', (url) =>
  runSql(
    url,
    `create table customer (id int primary key, email text not null, name text not null, friend_id int references customer);
     create table purchase (id int primary key, customer_id int not null references customer, bought date not null);
     insert into customer select n, case when n > 298 then 'Mail' else 'mail' end || case when n > 280 then n - 280 else n end || '@example.org',
       'name ' || n, case when n > 1 then 1 + (n * 7) % 300 end from generate_series(1, 300) n;
     insert into purchase select n, 1 + (n - 1) % 300, date '2020-01-01' + n from generate_series(1, 900) n`,
  ),
);
const [source, target] = [useTestDatabase(legacy), useTestDatabase()];
let place: Workplace;
const run = (words: string, failpoint?: string) =>
  place.run(words, failpoint === undefined ? {} : { TOWPATH_FAILPOINT: failpoint });
const PATIENCE = 240_000;
const MOVE = 'migrate all --yes --json --batch-size 37 --max-concurrency 2';

beforeAll(async () => {
  place = createWorkplace({ source: source.url, target: target.url });
  succeeded(await run('analyze'));
  succeeded(await run('plan --name shop'));
  const plan = planFile.parse(parse(readFileSync(join(place.folder, 'towpath.plan.yaml'), 'utf8')));
  const question = plan.questions.find(({ text }) => text.includes('share one email'))!;
  succeeded(await run('map answer --all-recommended'));
  succeeded(await run(`map answer ${question.number} b`));
  succeeded(await run('map --check'));
  succeeded(await run('rehearse --sample 30'));
}, PATIENCE);
afterAll(() => place.remove());

/** Old keys above 280 lead to the key 280 below. */
const figures = `select
  (select count(*)::int from public.customers) as customers,
  (select count(*)::int from towpath.migration_mappings m join public.customers c on c.id = m.new_id
    where m.entity = 'customers' and c.legacy_id = case when m.legacy_id::int > 280 then m.legacy_id::int - 280 else m.legacy_id::int end
      and (m.merged is not distinct from case when m.legacy_id::int > 280 then 'duplicate' end)) as pairs,
  (select count(*)::int from (select from public.purchases p join public.customers c on c.id = p.customer_id
    group by c.id, c.legacy_id having count(*) = case when c.legacy_id <= 20 then 6 else 3 end) t) as "rightPurchases",
  (select count(*)::int from public.customers c join public.customers f on f.id = c.friend_id
    where f.legacy_id = (select case when w > 280 then w - 280 else w end from (select 1 + (c.legacy_id * 7) % 300 as w) s)) as friends`;

test.each([
  ['entity.deduped:1', 'rollback.chunk:2'],
  ['batch.after-commit:9', 'rollback.entity:1'],
  ['level.settled:1', 'rollback.chunk:1'],
])(
  'killed at %s it goes on exactly, and so does taking it back, killed at %s',
  async (going, back) => {
    killed(await run(MOVE, `${going}=kill`));
    const [newest] = await target.query<{ id: string }>(
      'select run_id as id from towpath.migration_control order by started_at desc limit 1',
    );
    const resumed = JSON.parse(succeeded(await run(`resume ${newest!.id} --json`)).stdout);
    expect(resumed.results).toMatchObject({
      totalRecords: 1200,
      successful: 1180,
      failed: 0,
      duplicates: 20,
      successRate: 100,
    });
    expect(resumed.mappings).toEqual({ legacyIdsPreserved: 1200, uuidsGenerated: 1180 });
    const report = JSON.parse(succeeded(await run('validate all --json')).stdout);
    expect(report.validation.overallStatus).toBe('verified');
    expect(await target.query(figures)).toEqual([
      { customers: 280, pairs: 300, rightPurchases: 280, friends: 279 },
    ]);
    expect((await run('status --details')).stdout).toMatch(
      /1,180 of 1,200 rows moved.*20 the same record as another/,
    );
    killed(await run('rollback --confirm', `${back}=kill`));
    succeeded(await run('rollback --confirm'));
    expect(
      await target.query(`select to_regclass('public.customers') as customers, to_regclass('public.purchases') as purchases,
        (select count(*)::int from towpath.kept_ids) as kept, (select count(*)::int from towpath.mapping_pairs) as pairs`),
    ).toEqual([{ customers: null, purchases: null, kept: 0, pairs: 0 }]);
  },
  PATIENCE,
);
