/**
 * A new system that people use already, through the real command line: the plan finds its tables, rows that are there keep
 * their id, everything is verified, and taking it back leaves the target exactly as it was, however often the move died.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { runSql } from '../engine/run/run-sql.ts';
import {
  createTestDatabase,
  defineTemplate,
  type TestDatabase,
  useTestDatabase,
} from '../helpers/test-database.ts';
import { contentSql, legacyShop, newShop } from './existing-target/shop.sql.ts';
import { killed, succeeded } from './sample-move.ts';
import { createWorkplace, type Workplace } from './towpath-process.ts';

const legacy = defineTemplate('legacy_shop', (url) => runSql(url, legacyShop));
const shop = defineTemplate('new_shop', (url) => runSql(url, newShop));
const source = useTestDatabase(legacy);

interface Shop {
  readonly place: Workplace;
  readonly target: TestDatabase;
  readonly plan: PlanFile;
  run(words: string, failpoint?: string): Promise<Awaited<ReturnType<Workplace['run']>>>;
  content(): Promise<unknown>;
}

const opened: Shop[] = [];
afterAll(async () => {
  for (const { place, target } of opened) {
    place.remove();
    await target.drop();
  }
});

/** A target of its own, with a plan in which records that are on both sides get the old values, or none. */
async function openShop(letter: 'a' | 'b'): Promise<Shop> {
  const target = await createTestDatabase(shop);
  const place = createWorkplace({ source: source.url, target: target.url });
  const run = (words: string, failpoint?: string) =>
    place.run(words, failpoint === undefined ? {} : { TOWPATH_FAILPOINT: failpoint });
  succeeded(await run('analyze'));
  succeeded(await run('plan --name shop'));
  const path = join(place.folder, 'towpath.plan.yaml');
  const read = () => planFile.parse(parse(readFileSync(path, 'utf8')));
  for (const question of read().questions.filter(({ text }) => /holds \d+ rows/.test(text)))
    succeeded(await run(`map answer ${question.number} ${letter}`));
  const codes = read().questions.find(({ about }) => about.column === 'status')!;
  succeeded(await run(`map answer ${codes.number} b`));
  succeeded(await run('map answer --all-recommended'));
  succeeded(await run('map --check'));
  const opening = {
    place,
    target,
    plan: read(),
    run,
    content: () => target.query(contentSql),
  };
  opened.push(opening);
  return opening;
}

/** Several commands each, every one a process of its own. */
const PATIENCE = 240_000;
const MOVE = 'migrate all --yes --json --batch-size 97 --max-concurrency 2';

describe.each(['a', 'b'] as const)('with the answer %s', (letter) => {
  let move: Shop;
  let before: unknown;

  beforeAll(async () => {
    move = await openShop(letter);
    before = await move.content();
  }, PATIENCE);

  test(
    'the whole way is walked, and back again',
    async () => {
      const { target, run } = move;
      expect(move.plan.target.create).toBe(false);
      expect(move.plan.entities.map(({ name, target: { table, create } }) => [name, table, create])).toEqual([
        ['categories', 'categories', false],
        ['customers', 'users', false],
        ['orders', 'orders', false],
        ['vouchers', 'vouchers', true],
        ['order_lines', 'order_items', false],
      ]);
      succeeded(await run('rehearse --sample 50'));
      expect(await move.content()).toEqual(before);
      succeeded(await run('approve --yes'));
      succeeded(await run(MOVE));
      const report = JSON.parse(succeeded(await run('validate all --json')).stdout);
      expect(report.validation.overallStatus).toBe('verified');
      const [figures] = await target.query(`select
      (select count(*)::int from public.users) as users,
      (select count(*)::int from towpath.migration_mappings where entity = 'customers' and merged is not null) as merged,
      (select count(*)::int from public.audit) as audit,
      (select count(*)::int from public.vouchers v join public.users u on u.id = v.customer_id) as vouchers`);
      expect(figures).toEqual({ users: 420, merged: 130, audit: 150, vouchers: 60 });
      succeeded(await run('rollback --confirm'));
      expect(await move.content()).toEqual(before);
      expect(
        await target.query(`select 1 from pg_tables where schemaname = 'public' and tablename = 'vouchers'`),
      ).toEqual([]);
    },
    PATIENCE,
  );
});

describe('a move that dies', () => {
  let move: Shop;
  let before: unknown;

  beforeAll(async () => {
    move = await openShop('b');
    before = await move.content();
  }, PATIENCE);

  test.each([
    ['entity.matched:2', 'rollback.chunk:2'],
    ['batch.rows-copied:6', 'rollback.entity:2'],
    ['batch.after-commit:14', 'rollback.chunk:4'],
  ])(
    'killed at %s it goes on exactly, and so does taking it back, killed at %s',
    async (going, back) => {
      const { target, run } = move;
      killed(await run(MOVE, `${going}=kill`));
      const [newest] = await target.query<{ id: string }>(
        'select run_id as id from towpath.migration_control order by started_at desc limit 1',
      );
      succeeded(await run(`resume ${newest!.id} --json`));
      const report = JSON.parse(succeeded(await run('validate all --json')).stdout);
      expect(report.validation.overallStatus).toBe('verified');
      const [pairs] = await target.query(`select count(*)::int as rows, count(distinct new_id)::int as ids,
      (select count(*)::int from towpath.before_images) as images from towpath.migration_mappings`);
      expect(pairs).toEqual({ rows: 2871, ids: 2871, images: 135 });
      killed(await run('rollback --confirm', `${back}=kill`));
      succeeded(await run('rollback --confirm'));
      expect(await move.content()).toEqual(before);
      const left = 'select 1 from towpath.kept_ids union all select 1 from towpath.before_images';
      expect(await target.query(left)).toEqual([]);
    },
    PATIENCE,
  );
});
