/** Rows that are the same record as another: a retry moves none of them before the row that they lead to. */
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import { type Office, openOffice } from '../moving-office.ts';

const YES = { approveAs: 'ada', validate: true } as const;

/** People with one name are one person; an empty name of a team does not fit. */
function sameNames(plan: PlanFile): PlanFile {
  return {
    ...plan,
    entities: plan.entities.map((entity) => ({
      ...entity,
      ...(entity.name === 'people'
        ? { dedupe: { by: ['name'], keep: 'first', ignoreCase: false, trim: false, loses: [] } as const }
        : {}),
      columns: entity.columns.map((column) =>
        entity.name === 'teams' && column.to === 'name'
          ? { ...column, transform: { kind: 'empty-to-null' } as const }
          : column,
      ),
    })),
  };
}

/** 60 and 101, of later batches, are the person 3, whose team is set aside; so all three are, and their badges. */
async function movedTwins(): Promise<Office & { readonly runId: string; readonly twinPlan: PlanFile }> {
  const office = await openOffice();
  await office.source.query(`
    delete from badges where id <= 5;
    insert into teams values (9, '');
    update people set name = 'twin', team_id = case id when 3 then 9 else team_id end where id in (3, 60);
    insert into people values (101, 2, 'twin');
    insert into badges values (201, 3, '1')`);
  const twinPlan = sameNames(office.plan);
  const { runId, state } = await office.migrate({ approveAs: 'ada', maxFailureRate: 1 }, twinPlan);
  expect(state).toBe('completed');
  return { ...office, runId, twinPlan };
}

async function cardOf({ engine }: Office, reason: string, entity: string) {
  return (await engine.causeCards({ entity })).find((card) => card.reason === reason)!;
}

const peopleRows = ({ target }: Office) =>
  target.query(`select m.legacy_id as key, m.merged, p.id is not null as there,
      m.new_id = (select k.new_id from towpath.mapping_pairs k where k.legacy_id = '3' and k.entity_no = m.entity_no) as same
    from towpath.mapping_pairs m left join moved.people p on p.id = m.new_id
    where m.legacy_id in ('3', '60', '101') and m.entity_no = (select entity_no from towpath.entities where entity = 'people')
    order by m.legacy_id::int`);

const counts = ({ target }: Office) =>
  target.query(`select rows_read::int as read, rows_written::int as written, rows_duplicate::int as duplicate,
      rows_quarantined::int as aside from towpath.entity_migration_status where entity = 'people'`);

test('a duplicate whose kept row is not there stays set aside, and nothing leads nowhere', async () => {
  const office = await movedTwins();
  const stranded = await cardOf(office, 'kept-row-set-aside', 'people');
  expect(stranded.rows).toBe(2);
  expect(stranded.advice).toContain('Retry that one first');
  const tried = await office.engine.tryFix({ cards: [stranded.id] });
  expect(tried).toMatchObject({ wouldMove: 0, wouldBeDuplicates: 0 });
  const report = await office.engine.retry({ cards: [stranded.id], ...YES });
  expect(report.entities).toMatchObject([{ entity: 'people', moved: 0, duplicates: 0, stillHeld: 2 }]);
  expect(report.stillHeld).toMatchObject([{ reason: 'kept-row-set-aside', rows: 2 }]);
  expect(await peopleRows(office)).toEqual([]);
  expect(await counts(office)).toEqual([{ read: 101, written: 98, duplicate: 0, aside: 3 }]);
});

test('the kept row comes first; its duplicates are named, follow with a pair of their own mark, and are counted apart', async () => {
  const office = await movedTwins();
  await office.source.query(`update teams set name = 'found' where id = 9`);
  await office.engine.retry({ cards: [(await cardOf(office, 'required-null', 'teams')).id], ...YES });
  const orphan = await cardOf(office, 'orphan-reference', 'people');
  const stranded = await cardOf(office, 'kept-row-set-aside', 'people');
  const first = await office.engine.retry({ cards: [orphan.id], ...YES });
  expect(first.entities).toMatchObject([{ entity: 'people', moved: 1, duplicates: 0 }]);
  expect(first.canFollow).toContainEqual({ card: stranded.id, entity: 'people', rows: 2 });
  const tried = await office.engine.tryFix({ cards: [stranded.id] });
  expect(tried).toMatchObject({ wouldMove: 0, wouldBeDuplicates: 2 });
  const then = await office.engine.retry({ cards: [stranded.id], ...YES });
  expect(then.entities).toMatchObject([{ entity: 'people', moved: 0, duplicates: 2, stillHeld: 0 }]);
  expect(then.validation).toBe('verified');
  expect(await peopleRows(office)).toEqual([
    { key: '3', merged: null, there: true, same: true },
    { key: '60', merged: 'duplicate', there: true, same: true },
    { key: '101', merged: 'duplicate', there: true, same: true },
  ]);
  expect(await counts(office)).toEqual([{ read: 101, written: 99, duplicate: 2, aside: 0 }]);
});

test('all together: kept row, duplicates and what points to either', async () => {
  const office = await movedTwins();
  await office.source.query(`update teams set name = 'found' where id = 9`);
  const tried = await office.engine.tryFix({ cards: [] });
  expect(tried).toMatchObject({ wouldMove: 4, wouldBeDuplicates: 2, stillHeld: [] });
  const report = await office.engine.retry({ cards: [], ...YES });
  expect(report.entities).toMatchObject([
    { entity: 'teams', moved: 1 },
    { entity: 'people', moved: 1, duplicates: 2 },
    { entity: 'badges', moved: 2 },
  ]);
  expect(report.validation).toBe('verified');
  expect(await office.rows('people')).toBe(99);
  const onTwin = `select count(*)::int as n from moved.badges b join moved.people p on p.id = b.person_id where p.name = 'twin'`;
  expect(await office.target.query(onTwin)).toEqual([{ n: 2 }]);
  expect((await office.engine.retry({ cards: [], ...YES })).rows).toBe(0);
});

test('a batch of duplicates that is moved again does not take the kept row of another batch along', async () => {
  const office = await movedTwins();
  await office.source.query(`update teams set name = 'found' where id = 9`);
  await office.engine.retry({ cards: [], approveAs: 'ada', validate: false });
  const [batch] = await office.target.query<{ id: number }>(
    `select batch_id as id from towpath.mapping_pairs where legacy_id = '60' and merged = 'duplicate'`,
  );
  const run = { batchSize: 50, maxConcurrency: 2, validate: true, restartFromBatch: batch!.id };
  const { state } = await office.engine.resume(office.runId, run);
  expect(state).toBe('completed');
  expect(await office.rows('people')).toBe(99);
  expect(await peopleRows(office)).toHaveLength(3);
  await office.engine.rollback({ runId: office.runId, entities: [], preview: false });
  expect(await office.rows('people')).toBe(0);
});

test('a plan that is compared row by row finds duplicates to be what they were', async () => {
  const office = await openOffice();
  // badge 6 is the same as 50, and comes right behind one that does not fit: what stood there before is none of its own
  await office.source.query('update badges set person_id = 51 where id = 6');
  const plan = withBadges(office.plan, { cast: 'cast' });
  const { state } = await office.migrate({ approveAs: 'ada', maxFailureRate: 1 }, plan);
  expect(state).toBe('completed');
  const now = withBadges(office.plan, { cast: 'trim', placeholder: '7' });
  const tried = await office.engine.tryFix({ cards: [], plan: now });
  expect(tried).toMatchObject({ wouldMove: 5, refusal: null });
  expect((await office.engine.retry({ cards: [], plan: now, ...YES })).validation).toBe('verified');
});

/** Badges of one person are one, the last; their points are read in one of two ways that come to the same. */
function withBadges(
  plan: PlanFile,
  { cast, placeholder }: { cast: 'cast' | 'trim'; placeholder?: string },
): PlanFile {
  const steps =
    cast === 'cast' ? { kind: 'cast' as const } : [{ kind: 'trim' as const }, { kind: 'cast' as const }];
  const change = placeholder === undefined ? {} : { onMisfit: 'placeholder' as const, placeholder };
  return {
    ...plan,
    entities: plan.entities.map((entity) =>
      entity.name !== 'badges'
        ? entity
        : {
            ...entity,
            dedupe: { by: ['person_id'], keep: 'last', ignoreCase: false, trim: false, loses: [] },
            columns: entity.columns.map((column) =>
              column.to === 'points' ? { ...column, transform: steps, ...change } : column,
            ),
          },
    ),
  };
}
