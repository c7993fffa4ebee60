/** A source that changed between the yes and the start: what the change does not concern moves, the rest waits. */
import { expect, test } from 'vitest';
import { type PlanFile, planFile } from '../../../engine/plan/plan-file.ts';
import { sourceDrift } from '../../../engine/plan/source-drift.ts';
import { codeOf, type Office, openOffice } from './moving-office.ts';

const all = { maxFailureRate: 1 };

async function approved(): Promise<Office> {
  const office = await openOffice();
  const catalog = await office.engine.analyze({ schemas: ['public'] });
  await office.engine.approve(office.plan, { approver: 'Marta', catalog });
  return office;
}

test('a column changed: its kind of records waits, the others move; put back, it goes on', async () => {
  const office = await approved();
  await office.source.query('alter table badges alter points type varchar(9)');
  const run = await office.migrate(all);
  expect(run).toMatchObject({ state: 'paused', error: { code: 'SOURCE_DRIFT' } });
  expect(run.error!.message).toContain('badges: points');
  expect(run.error!.message).toContain('Paused: badges.');
  expect(run.error!.hint).toContain(`towpath resume ${run.runId}`);
  expect(run.entities.map(({ entity, state }) => [entity, state])).toEqual([
    ['teams', 'completed'],
    ['people', 'completed'],
    ['badges', 'pending'],
  ]);
  await office.source.query('alter table badges alter points type text');
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
});

test('what points at a changed table waits with it', async () => {
  const office = await approved();
  await office.source.query('alter table people add nickname text');
  const run = await office.migrate(all);
  expect(run.error!.message).toContain('Waiting with it: badges (needs people)');
  expect(run.entities.map(({ state }) => state)).toEqual(['completed', 'pending', 'pending']);
});

test('where nothing is left to move, or a table came that the plan does not know, no run begins', async () => {
  const office = await approved();
  await office.source.query('alter table teams add motto text');
  expect(await codeOf(office.migrate(all))).toBe('SOURCE_DRIFT');
  const other = await approved();
  await other.source.query('create table posters (id int primary key)');
  expect(await codeOf(other.migrate(all))).toBe('SOURCE_DRIFT');
  expect([...(await office.engine.runs()), ...(await other.engine.runs())]).toEqual([]);
});

test('values looked up in what changed: whoever reads the changed column waits, moved or not', async () => {
  const office = await openOffice();
  const look = () => office.engine.analyze({ schemas: ['public'], structureOnly: true });
  const before = await look();
  const readers = async () => sourceDrift(readingBadges(office), before, await look()).readers;
  await office.source.query('alter table badges add motto text');
  expect(await readers(), 'another column').toEqual([]);
  await office.source.query('alter table badges alter points type varchar(9)');
  expect(await readers()).toEqual([
    { entity: 'teams', because: 'badges' },
    { entity: 'people', because: 'public.badges' },
  ]);
  const excluded = { ...readingBadges(office), entities: readingBadges(office).entities.slice(0, 2) };
  const { affected, waiting } = sourceDrift(excluded, before, await look());
  expect([affected, waiting], 'a table that is only read').toEqual([
    [],
    [{ entity: 'people', because: 'public.badges' }],
  ]);
});

/** Teams look something up in the entity badges, people in the table. */
function readingBadges({ plan }: Office): PlanFile {
  const lookup = { kind: 'lookup', column: 'points', onMissing: 'null' };
  const match = { columns: ['id'], parentColumns: ['person_id'] };
  const steps: Readonly<Record<string, unknown>> = {
    teams: { ...lookup, entity: 'badges' },
    people: { ...lookup, table: { schema: 'public', table: 'badges' }, match },
  };
  const entities = plan.entities.map((entity) => ({
    ...entity,
    columns: [
      ...entity.columns,
      ...(entity.name in steps ? [{ ...LOOKED_UP, transform: steps[entity.name] }] : []),
    ],
  }));
  return planFile.parse({ ...plan, entities });
}

const LOOKED_UP = {
  to: 'points',
  from: 'id',
  type: 'text',
  nullable: true,
  confidence: 1,
  reason: 'by hand',
};
