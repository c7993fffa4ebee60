/** One broken kind of records waits alone, with what points at it; the others go on. Real servers, stepped into mid-run. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
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
