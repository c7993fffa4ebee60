/** What only PostgreSQL refuses is foreseen by a trial that cannot write, and costs a retry its rows and no other. */
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import { type Office, openOffice } from '../moving-office.ts';

const YES = { approveAs: 'ada', validate: true } as const;

type Column = PlanFile['entities'][number]['columns'][number];

function withColumn(plan: PlanFile, entity: string, to: string, change: Partial<Column>): PlanFile {
  return {
    ...plan,
    entities: plan.entities.map((one) => ({
      ...one,
      columns: one.columns.map((column) =>
        one.name === entity && column.to === to ? { ...column, ...change } : column,
      ),
    })),
  };
}

async function moved(office: Office, plan: PlanFile): Promise<string> {
  const { runId, state } = await office.migrate({ approveAs: 'ada', maxFailureRate: 1 }, plan);
  expect(state).toBe('completed');
  return runId;
}

test('checks, unique indexes, lengths and required columns: the trial says what the retry does', async () => {
  const office = await openOffice();
  await moved(office, office.plan);
  await office.target.query(`
    alter table moved.badges add constraint no_seven check (points <> 777), add constraint by_people check (points < 1000);
    create unique index one_of_each on moved.badges (abs(points)) where points > 40;`);
  // 1 breaks the check, 2 repeats a row that is there, 3 and 4 are equal, 5 is good
  await office.source.query(
    `update badges set points = (array['777', '50', '300', '300', '400'])[id] where id <= 5`,
  );
  const tried = await office.engine.tryFix({ cards: [] });
  const causes = tried.stillHeld.map(({ sqlstate, constraint, rows }) => [sqlstate, constraint, rows]).sort();
  expect(causes).toEqual([
    ['23505', 'one_of_each', 2],
    ['23514', 'no_seven', 1],
  ]);
  expect(tried).toMatchObject({ wouldMove: 2, changedSince: 5, onlyAtRetry: [] });
  expect(await office.rows('badges')).toBe(95);
  const report = await office.engine.retry({ cards: [], ...YES });
  expect(
    report.stillHeld.map(({ sqlstate, constraint, rows }) => [sqlstate, constraint, rows]).sort(),
  ).toEqual(causes);
  expect(report.entities).toMatchObject([{ moved: 2, stillHeld: 3 }]);
  expect(report.validation).toBe('verified');
  const cards = await office.engine.causeCards({});
  expect(cards.map(({ constraint, rows }) => [constraint, rows]).sort()).toEqual([
    ['no_seven', 1],
    ['one_of_each', 2],
  ]);
  const [enters] = await office.target.query<{ n: number }>(
    `select count(distinct b.xmin::text)::int as n from moved.badges b where b.points in (300, 400)
       and b.xmin::text not in (select t.xmin::text from towpath.run_transactions t)`,
  );
  expect(enters).toEqual({ n: 0 });
});

test('triggers and what overlaps are named as what only moving can tell', async () => {
  const office = await openOffice();
  await moved(office, office.plan);
  await office.target.query(`
    create function moved.nothing() returns trigger language plpgsql as 'begin return new; end';
    create trigger looks before insert on moved.badges for each row execute function moved.nothing();`);
  await office.source.query(`update badges set points = '1' where id = 1`);
  const tried = await office.engine.tryFix({ cards: [] });
  expect(tried.onlyAtRetry).toEqual(['What the triggers of "moved"."badges" do: looks.']);
  expect(tried).toMatchObject({ wouldMove: 1 });
});

test('rows that wait for another one are named when it has come, and follow', async () => {
  const office = await openOffice();
  await office.source.query(`update people set name = '' where id = 1`);
  const plan = withColumn(office.plan, 'people', 'name', { transform: { kind: 'empty-to-null' } });
  await moved(office, plan);
  expect(
    (await office.engine.causeCards({})).map(({ entity, reason, rows }) => [entity, reason, rows]),
  ).toEqual([
    ['badges', 'malformed-value', 5],
    ['badges', 'orphan-reference', 1],
    ['people', 'required-null', 1],
  ]);
  const people = (await office.engine.causeCards({ entity: 'people' }))[0]!;
  await office.source.query(`update people set name = 'found' where id = 1`);
  const first = await office.engine.retry({ cards: [people.id], ...YES });
  const orphan = (await office.engine.causeCards({})).find(({ reason }) => reason === 'orphan-reference')!;
  expect(first.canFollow).toEqual([{ card: orphan.id, entity: 'badges', rows: 1 }]);
  const then = await office.engine.retry({ cards: [orphan.id], ...YES });
  expect(then.entities).toMatchObject([{ entity: 'badges', moved: 1 }]);
  expect(then.validation).toBe('verified');
  expect(await office.rows('badges')).toBe(95);
});

test('parents and children are moved together, and a lost link comes back', async () => {
  const office = await openOffice();
  await office.source.query(`update people set name = '' where id = 1`);
  const plan = withColumn(
    withColumn(office.plan, 'people', 'name', { transform: { kind: 'empty-to-null' } }),
    'badges',
    'person_id',
    { nullable: true, transform: { kind: 'reference', entity: 'people', onMissing: 'null' } },
  );
  await moved(office, plan);
  const linked = `select count(person_id)::int as n from moved.badges`;
  expect(await office.target.query(linked)).toEqual([{ n: 94 }]);
  await office.source.query(`update people set name = 'found' where id = 1`);
  const report = await office.engine.retry({ cards: [], ...YES });
  expect(report.entities).toMatchObject([
    { entity: 'people', moved: 1 },
    { entity: 'badges', moved: 0, stillHeld: 5, relinked: 1 },
  ]);
  expect(report.validation).toBe('verified');
  expect(await office.target.query(linked)).toEqual([{ n: 95 }]);
  expect(await office.target.query('select count(*)::int as n from towpath.repaired_rows')).toEqual([
    { n: 0 },
  ]);
});

test('a link comes back without anything else of the row, and one that cannot is found by the next retry', async () => {
  const office = await openOffice();
  await office.source.query(`delete from badges where id <= 5;
    update people set name = '' where id in (20, 30)`);
  const plan = withColumn(
    withColumn(office.plan, 'people', 'name', { transform: { kind: 'empty-to-null' } }),
    'badges',
    'person_id',
    { nullable: true, transform: { kind: 'reference', entity: 'people', onMissing: 'null' } },
  );
  await moved(office, plan);
  // badge 19 is gone from the source, and 29 has other points there now
  await office.source.query(`update people set name = 'found' where id in (20, 30);
    delete from badges where id = 19; update badges set points = '9999' where id = 29`);
  const report = await office.engine.retry({ cards: [], approveAs: 'ada', validate: false });
  expect(report.entities).toMatchObject([
    { entity: 'people', moved: 2 },
    { entity: 'badges', relinked: 1 },
  ]);
  const badges = await office.target.query(
    `select m.legacy_id as key, b.points, b.person_id is not null as linked from moved.badges b
      join towpath.mapping_pairs m on m.new_id = b.id where b.points in (19, 29, 9999) order by 1`,
  );
  expect(badges).toEqual([
    { key: '19', points: 19, linked: false },
    { key: '29', points: 29, linked: true },
  ]);
  expect(await office.target.query('select legacy_id as key from towpath.repaired_rows')).toEqual([
    { key: '19' },
  ]);
});

test('a change of how records are read of which none was moved yet is no reason to refuse', async () => {
  const office = await openOffice();
  await office.source.query(`update people set name = '' where id <= 5`);
  const plan = withColumn(office.plan, 'people', 'name', { transform: { kind: 'empty-to-null' } });
  const run = await office.migrate({ approveAs: 'ada' }, plan);
  expect(run.gate).toMatchObject({ status: 'closed' });
  expect(await office.rows('badges')).toBe(0);
  const named = withColumn(plan, 'people', 'name', { onMisfit: 'placeholder', placeholder: 'nobody {key}' });
  const nines = { kind: 'replace', pattern: '9', with: '1', ignoreCase: false, first: false } as const;
  const now = withColumn(named, 'badges', 'points', {
    transform: [{ ...nines, noMatch: 'keep' }, { kind: 'cast' }],
    ...{ onMisfit: 'placeholder', placeholder: '7' },
  });
  expect(await office.engine.tryFix({ cards: [], plan: now })).toMatchObject({ wouldMove: 5, refusal: null });
  const report = await office.engine.retry({ cards: [], plan: now, ...YES });
  expect(report.entities).toMatchObject([{ entity: 'people', moved: 5 }]);
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
});

test('what the type of a column refuses costs its row and no other', async () => {
  const office = await openOffice();
  await office.source.query(`update people set name = '' where id <= 40`);
  const plan = withColumn(office.plan, 'people', 'name', { transform: { kind: 'empty-to-null' } });
  await moved(office, plan);
  await office.target.query('alter table moved.people add constraint short check (length(name) < 20)');
  await office.target.query('alter table moved.people alter name type varchar(24)');
  await office.source.query(`update people set name = case when id in (7, 31) then repeat('longer', 5)
    when id = 9 then repeat('a', 22) else 'found ' || id end where id <= 40`);
  const report = await office.engine.retry({ cards: [], approveAs: 'ada', validate: false });
  expect(report.entities).toMatchObject([
    { entity: 'people', moved: 37, stillHeld: 3 },
    { entity: 'badges', stillHeld: 8 },
  ]);
  expect(
    report.stillHeld
      .filter(({ entity }) => entity === 'people')
      .map(({ sqlstate, rows }) => [sqlstate, rows]),
  ).toEqual([
    ['22001', 2],
    ['23514', 1],
  ]);
  expect(await office.rows('people')).toBe(97);
});
