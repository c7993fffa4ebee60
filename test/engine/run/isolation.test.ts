/** One broken kind of records waits alone, with what points at it; the others go on. Real servers, stepped into mid-run. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { planHash } from '../../../engine/plan/plan-hash.ts';
import { changed, halfWay } from './half-way.ts';
import { openBranches, SIZES } from './two-branches.ts';

const others = { rooms: 'completed', desks: 'completed', teams: 'completed' } as const;

test('a column dropped in one table of the target mid-run: it fails, what points at it waits, the rest is in', async () => {
  const office = await openBranches();
  office.at('batch.begun', 5, async () => {
    await office.target.query('alter table moved.people drop column note');
  });
  const run = await office.migrate();
  expect(run).toMatchObject({ state: 'failed', error: { code: 'TABLE_CHANGED' } });
  expect(office.states(run)).toEqual({ ...others, people: 'failed', badges: 'pending' });
  const { message, hint } = run.error!;
  expect(message).toMatch(/^1 kind of records could not be moved\. people: people stopped because .*42703/);
  expect(message).toContain('Waiting for it: badges (points at people).');
  expect(message).toMatch(/Complete: .*(rooms|desks).*\./);
  expect(message).toMatch(/\d+ records of \d kinds are in the new system\./);
  expect(hint).toContain(`towpath resume ${run.runId}`);
  expect(hint).toContain(`towpath rollback ${run.runId} --preview`);
  expect(await office.rows()).toMatchObject({ desks: SIZES.desks, badges: 0 });
  expect(office.of('entity.failed').map(({ entity }) => entity)).toEqual(['people']);
  expect(office.of('recovery.gave-up')).toMatchObject([
    { entity: 'people', kind: 'schema-incompatible', code: '42703', attempts: 1 },
  ]);

  await office.target.query('alter table moved.people add column note text');
  await office.target.query('update moved.people set note = repeat($1, 500)', ['n']);
  const resumed = await office.resume(run.runId);
  expect(resumed).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
  expect(await office.rows()).toEqual(SIZES);
});

test('the right to read one table is taken away mid-run', async () => {
  const reader = `reader_${randomBytes(4).toString('hex')}`;
  const office = await openBranches({ reader });
  office.at('batch.begun', 1, async () => {
    await office.source.query(`revoke select on people from ${reader}`);
  });
  const run = await office.migrate();
  expect(run).toMatchObject({ state: 'failed', error: { code: 'PERMISSION_DENIED' } });
  expect(office.states(run)).toEqual({ ...others, people: 'failed', badges: 'pending' });
  await office.source.query(`grant select on people to ${reader}`);
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
  expect(await office.rows()).toEqual(SIZES);
});

test('a foreign key that cannot be added holds its table only', async () => {
  const office = await openBranches();
  office.at('level.settled', 2, async () => {
    await office.target.query(`insert into moved.people (id, team_id, name, legacy_id)
      values (gen_random_uuid(), gen_random_uuid(), 'somebody else', '-1')`);
  });
  const run = await office.migrate();
  expect(run).toMatchObject({ state: 'failed', error: { code: 'CONSTRAINT_NOT_ADDED' } });
  expect(office.states(run)).toEqual({ ...others, people: 'failed', badges: 'pending' });
  await office.target.query(`delete from moved.people where legacy_id = '-1'`);
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
  expect(await office.rows()).toEqual(SIZES);
});

test('two lanes that meet the same wall are one failure; nothing of the broken one is lost or doubled', async () => {
  const office = await openBranches();
  office.at('batch.begun', 6, async () => {
    await office.target.query('alter table moved.people rename column name to title');
  });
  const run = await office.migrate({ maxConcurrency: 3, batchSize: 20 });
  expect(run.state).toBe('failed');
  expect(office.of('entity.failed')).toHaveLength(1);
  await office.target.query('alter table moved.people rename column title to name');
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
  expect(await office.rows()).toEqual(SIZES);
});

test('a rehearsal in which one kind of records fails says what it was, and leaves nothing', async () => {
  const office = await openBranches();
  office.at('batch.begun', 3, () => {
    throw Object.assign(new Error('x'), { code: '42703' });
  });
  const failed = await office.engine
    .rehearse(office.plan, { entities: [], sample: 20 })
    .catch((error: unknown) => error);
  expect(failed).toMatchObject({
    code: 'TABLE_CHANGED',
    hint: expect.stringContaining('Nothing of the rehearsal is left'),
  });
  expect((failed as Error).message).not.toContain('in the new system');
});

test('where nothing is in, the error is the run’s own', async () => {
  const office = await openBranches();
  office.at('batch.begun', 1, async () => {
    for (const table of ['teams', 'rooms']) await office.target.query(`drop table moved.${table}`);
  });
  await expect(office.migrate()).rejects.toMatchObject({ code: 'TABLE_CHANGED', details: { complete: [] } });
});

test('a full disk stops everything, with a checkpoint', async () => {
  const office = await openBranches();
  office.at('batch.before-commit', 4, () => {
    throw Object.assign(new Error('x'), { code: '53100' });
  });
  const error = await office.migrate().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ hint: expect.stringMatching(/in the new system.*towpath resume/) });
  const { runId } = await office.engine.status();
  expect(await office.engine.status()).toMatchObject({ state: 'failed' });
  expect((await office.rows()).badges).toBe(0);
  expect(await office.resume(runId)).toMatchObject({ state: 'completed' });
  expect(await office.rows()).toEqual(SIZES);
});

/** People's notes as numbers, which they are not: all are set aside, unless the plan is changed back. */
function withNotes(plan: PlanFile, type: string): PlanFile {
  return changed(plan, 'people', (column) =>
    column.to === 'note' ? { ...column, type, transform: { kind: 'cast' } } : column,
  );
}

test('the plan of a broken one is edited: a new yes, and just it and what waits for it are moved', async () => {
  const { office, run } = await halfWay();
  const edited = changed(office.plan, 'people', (column) =>
    column.to === 'note' ? { ...column, to: 'remark' } : column,
  );
  const { startedAt } = run.entities.find(({ entity }) => entity === 'desks')!;
  const refused = await office.resume(run.runId, { plan: edited }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'APPROVAL_REQUIRED' });
  expect((await office.rows()).people).toBe(200);

  await office.engine.approve(edited, { approver: 'Marta' });
  const resumed = await office.resume(run.runId, { plan: edited });
  expect(resumed).toMatchObject({ state: 'completed', planHash: planHash(edited), runId: run.runId });
  expect(resumed.validation).toMatchObject({ overallStatus: 'verified' });
  expect(await office.rows()).toEqual(SIZES);
  expect(await office.target.query('select remark from moved.people where remark is null')).toEqual([]);
  expect(resumed.entities.find(({ entity }) => entity === 'desks')).toMatchObject({ startedAt });
});

test('died in the middle of changing over, it is done again and comes to the same', async () => {
  for (const point of ['plan.approved', 'rollback.entity', 'plan.taken-out', 'batch.begun']) {
    const { office, run } = await halfWay();
    const edited = withNotes(office.plan, 'varchar(500)');
    office.at(point, 1, () => {
      throw Object.assign(new Error('x'), { code: '53100' });
    });
    await expect(office.resume(run.runId, { plan: edited, approveAs: 'Marta' })).rejects.toThrow();
    const again = await office.resume(run.runId, { plan: edited, approveAs: 'Marta' });
    expect([point, again.state]).toEqual([point, 'completed']);
    expect(await office.rows()).toEqual(SIZES);
  }
});

test('what is complete may not be moved otherwise', async () => {
  const { office, run } = await halfWay();
  const edited = changed(office.plan, 'desks', (column) =>
    column.to === 'name' ? { ...column, to: 'label' } : column,
  );
  const refused = await office
    .resume(run.runId, { plan: edited, approveAs: 'Marta' })
    .catch((error) => error);
  expect(refused).toMatchObject({ code: 'PLAN_TOUCHES_COMPLETE', details: { entities: ['desks'] } });
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
});
