/**
 * Rows that leave the target again: values that repeat a unique key only after they were mapped, parents that never come,
 * and, through references that go in a circle, whatever depends on them. Also ranges full of rows that the target refuses.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type PlanFileInput, planFile } from '../../engine/plan/plan-file.ts';
import { createTestDatabase, type TestDatabase, useTestDatabase } from '../helpers/test-database.ts';
import { killed, succeeded } from './sample-move.ts';
import { readContent, type TargetContent } from './target-content.ts';
import { createWorkplace, type Ended, type Workplace } from './towpath-process.ts';

const SOURCE = `
  create table teams (id int primary key, name text not null, lead_id int not null);
  create table people (id int primary key, email text, boss_id int references people, best_team_id int references teams);
  create table badges (id int primary key, person_id int not null references people, points int not null);
  insert into teams select i, 'team ' || i, i from generate_series(1, 300) i;
  insert into people select i, 'p' || i || '@example.org', nullif(i / 2, 0), case when i % 3 = 0 then 1 + i % 300 end
    from generate_series(1, 1000) i;
  update people set email = upper('p1@example.org') where id in (20, 30);
  update people set email = ' P7@example.org' where id = 31;
  update people set best_team_id = 20 where id = 40;
  alter table teams add foreign key (lead_id) references people;
  insert into badges select i, 1 + i % 1000, case when i % 9 = 0 then -i else i end from generate_series(1, 2000) i;`;

const source = useTestDatabase();
const opened: { target: TestDatabase; place: Workplace }[] = [];
let plan: PlanFileInput;
let whole: TargetContent;

beforeAll(async () => {
  await source.query(SOURCE);
  const first = await open();
  succeeded(await first.place.run('plan --name leaving --schema public'));
  succeeded(await first.place.run('map answer --all-recommended'));
  plan = changed(parse(readFileSync(join(first.place.folder, 'towpath.plan.yaml'), 'utf8')) as PlanFileInput);
  const ended = await first.move();
  succeeded(ended);
  whole = await first.content();
});
afterAll(async () => {
  for (const { target, place } of opened) {
    place.remove();
    await target.drop();
  }
});

/** Addresses unique without regard to case; who points to a missing person leaves as well; points must not be negative. */
function changed(proposed: PlanFileInput): PlanFileInput {
  return {
    ...proposed,
    entities: proposed.entities.map((entity) => ({
      ...entity,
      ...(entity.name === 'people'
        ? { uniques: [...(entity.uniques ?? []), { name: 'people_email_key', columns: ['email'] }] }
        : {}),
      ...(entity.name === 'badges'
        ? { checks: [{ name: 'badges_points_check', expression: 'points >= 0' }] }
        : {}),
      columns: entity.columns.map((column) => {
        if (column.to === 'email') return { ...column, transform: [{ kind: 'trim' }, { kind: 'lower' }] };
        if (column.to === 'boss_id' || column.to === 'best_team_id') {
          const { transform } = column;
          return { ...column, transform: { ...(transform as object), onMissing: 'quarantine' } };
        }
        return column;
      }),
    })) as PlanFileInput['entities'],
  };
}

async function open() {
  const target = await createTestDatabase('supabase');
  const place = createWorkplace({ source: source.url, target: target.url });
  opened.push({ target, place });
  const words = '--batch-size 200 --max-failure-rate 1 --json';
  return {
    target,
    place,
    move(failpoint?: string): Promise<Ended> {
      writeFileSync(join(place.folder, 'towpath.plan.yaml'), JSON.stringify(plan));
      return place.run(`migrate all --yes ${words}`, failpoint ? { TOWPATH_FAILPOINT: failpoint } : {});
    },
    async resume(): Promise<Ended> {
      const [run] = await target.query<{ id: string }>('select run_id as id from towpath.migration_control');
      return place.run(`resume ${run!.id} --batch-size 200 --json`);
    },
    content: () => readContent(target.query, planFile.parse(plan)),
  };
}

/** Ids differ between targets, each with its own namespace: rows are compared by what else they hold. */
function withoutIds({ quarantined, repaired, entities, objects, tables, pairs }: TargetContent) {
  const rows = (digests: Readonly<Record<string, string>>) =>
    Object.entries(digests).map(([name, text]) => [name, text.split(' ')[0]]);
  return { quarantined, repaired, entities, objects, tables: rows(tables), pairs: rows(pairs) };
}

test('the first of equal addresses stays; who hangs on the others leaves with them, and no more', async () => {
  // 20 and 30 repeat 1, 31 repeats 7; those below them in the tree of bosses; then who has a team led by one of them
  const gone = new Set([20, 30, 31]);
  const teamOf = (id: number) => (id === 40 ? 20 : id % 3 === 0 ? 1 + (id % 300) : null);
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (let id = 1; id <= 1000; id++) {
      if (gone.has(Math.floor(id / 2)) || gone.has(teamOf(id) ?? 0)) gone.add(id);
    }
  }
  const people = whole.quarantined.filter((line) => line.startsWith('people | '));
  expect(people.map((line) => Number(line.split(' | ')[1])).sort((a, b) => a - b)).toEqual(
    [...gone].sort((a, b) => a - b),
  );
  expect(people.filter((line) => line.includes('duplicate-key | 23505 | email'))).toHaveLength(3);
  const badges = whole.quarantined.filter((line) => line.startsWith('badges | '));
  const expected = Array.from({ length: 2000 }, (_, i) => i + 1).filter(
    (i) => i % 9 === 0 || gone.has(1 + (i % 1000)),
  );
  expect(badges).toHaveLength(expected.length);
  expect(badges.some((line) => line.includes('| 23514 |'))).toBe(true);
});

test.for([
  'key.indexed:2',
  'duplicates.set-aside',
  'rows.let-go',
  'rows.let-go:2',
  'rows.withdrawn',
  'rows.withdrawn:2',
  'level.settled',
  'level.settled:2',
  'batch.before-commit:12',
])('killed at %s, the same rows leave', async (failpoint) => {
  const other = await open();
  killed(await other.move(`${failpoint}=kill`));
  succeeded(await other.resume());
  expect(withoutIds(await other.content())).toEqual(withoutIds(whole));
});

test('errors while halved ranges run: each half is tried again by itself', async () => {
  const other = await open();
  succeeded(
    await other.move(
      'batch.rows-copied:16=error:08006,batch.after-commit:14=error:08006,batch.before-commit:18=error:40001,batch.after-commit:20=error:57P01',
    ),
  );
  expect(withoutIds(await other.content())).toEqual(withoutIds(whole));
});
