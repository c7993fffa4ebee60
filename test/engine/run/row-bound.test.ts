/** More rows in the source than were approved, and a source that changed in between: the run waits, and says for what. */
import { expect, test } from 'vitest';
import type { RunResult } from '../../../engine/contract/run.ts';
import { codeOf, type Office, openOffice } from './moving-office.ts';

const yes = { decision: 'grant', by: 'Marta' } as const;
const whole = { maxFailureRate: 1 };

async function approved(office: Office) {
  await office.engine.approve(office.plan, { approver: 'Marta' });
  return office;
}

const more = {
  teams: `insert into teams select i, 'team ' || i from generate_series(1000, 1299) i`,
  people: `insert into people select i, 1, 'person ' || i from generate_series(1000, 1299) i`,
};

function waits(run: RunResult): void {
  expect(run).toMatchObject({ state: 'paused', error: { code: 'APPROVAL_EXCEEDED' } });
}

test('too many at the start: nothing is made', async () => {
  const office = await approved(await openOffice());
  await office.source.query(more.teams);
  const run = await office.migrate(whole);
  waits(run);
  expect(run.error!.message).toContain('With level 1 the run would bring 304 rows; 225 were approved.');
  expect(run.error!.message).toContain('Nothing of this migration is in the new system.');
  expect(run.error!.hint).toContain(`towpath resume ${run.runId}`);
  expect(await office.target.query(`select from pg_namespace where nspname = 'moved'`)).toEqual([]);
  expect(office.events.filter(({ type }) => type === 'migration.paused')).toHaveLength(1);
});

test('too many in the middle: what is there is whole, and a larger approval takes the run further', async () => {
  const office = await approved(await openOffice());
  const { engine, plan, source } = office;
  await source.query(more.people);
  const run = await office.migrate(whole);
  waits(run);
  expect(run.error!.message).toContain('With level 2 the run would bring 404 rows');
  expect(run.error!.message).toContain('4 records of 1 kind are in the new system.');
  expect([await office.rows('teams'), await office.rows('people')]).toEqual([4, 0]);
  expect(run.entities.map(({ state }) => state)).toEqual(['completed', 'pending', 'pending']);

  waits(await office.resume(run.runId));
  const card = await engine.requestApproval({ action: 'migrate', plan }, 'guide');
  expect(card).toMatchObject({ runId: run.runId, maxRows: Math.ceil(504 * 1.1) });
  expect(card.effect[0]).toContain('225 records were approved');
  waits(await office.resume(run.runId));
  await engine.decideApproval(card.id, yes);
  const resumed = await office.resume(run.runId);
  expect(resumed).toMatchObject({ state: 'completed', error: null });
  expect([await office.rows('teams'), await office.rows('people')]).toEqual([4, 400]);
  expect(await engine.approvals({ states: ['used'] })).toHaveLength(2);
});

test('the further approval is for this run and its target only', async () => {
  const office = await approved(await openOffice());
  const { engine, plan, source } = office;
  await source.query(more.people);
  const run = await office.migrate(whole);
  await engine.approve(plan, { approver: 'Marta' });
  expect(await codeOf(engine.rollback({ runId: run.runId, entities: [], preview: false }))).toBe(
    'nothing was refused',
  );
  expect(await codeOf(office.migrate(whole))).toBe('APPROVAL_USED');

  const other = await approved(await openOffice());
  await other.source.query(more.people);
  const waiting = await other.migrate(whole);
  await other.engine.approve(other.plan, { approver: 'Marta' });
  await other.target.query('create table moved.extra (id int)');
  const refused = await other.resume(waiting.runId);
  waits(refused);
  expect(refused.error!.message).toContain('the tables of the new database changed since');
  await other.target.query('drop table moved.extra');
  expect(await other.resume(waiting.runId)).toMatchObject({ state: 'completed' });
});

test('within the tenth that was allowed for, it goes through', async () => {
  const office = await approved(await openOffice());
  await office.source.query(
    `insert into people select i, 1, 'person ' || i from generate_series(1000, 1020) i`,
  );
  expect(await office.migrate(whole)).toMatchObject({ state: 'completed' });
});

test('with --yes there is no limit: the command was the yes', async () => {
  const office = await openOffice();
  await office.source.query(more.people);
  expect(await office.migrate({ ...whole, approveAs: 'Marta' })).toMatchObject({ state: 'completed' });
});

test('a source that changed while a run was stopped: where all that is left is concerned, nothing moves', async () => {
  const office = await approved(await openOffice());
  await office.source.query(more.people);
  const { runId } = await office.migrate(whole);
  await office.engine.approve(office.plan, { approver: 'Marta' });
  await office.source.query('alter table people add nickname text');
  const error = await office.resume(runId).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'SOURCE_DRIFT' });
  expect((error as Error).message).toContain('people: nickname (text) is new');
  expect((error as Error).message).toContain('Waiting with it: badges (needs people)');
  const status = await office.engine.status(runId);
  expect(status).toMatchObject({ state: 'paused', error: { code: 'SOURCE_DRIFT' } });
  expect(status.error!.hint).toContain(`towpath rollback ${runId} --preview`);
  expect(await office.rows('people')).toBe(0);
  await office.source.query('alter table people drop nickname');
  expect(await office.resume(runId)).toMatchObject({ state: 'completed' });
});

test('a source that changed while a run was stopped: only what the change concerns waits', async () => {
  const office = await approved(await openOffice());
  await office.source.query(more.people);
  const { runId } = await office.migrate(whole);
  await office.engine.approve(office.plan, { approver: 'Marta' });
  await office.source.query('alter table badges drop points; create table posters (id int primary key)');
  const paused = await office.resume(runId);
  expect(paused).toMatchObject({ state: 'paused', error: { code: 'SOURCE_DRIFT' } });
  expect(paused.error!.message).toContain('badges: points is gone');
  expect(paused.error!.message).toContain('Paused: badges.');
  expect(paused.error!.hint).toContain('Put the column back');
  expect(await office.rows('people'), 'the others went on').toBeGreaterThan(100);
  expect((await office.engine.status(runId)).error!.code).toBe('SOURCE_DRIFT');
  await office.source.query('alter table badges add points text');
  const again = await office.resume(runId).catch((thrown: unknown) => thrown);
  expect(again, 'it may be empty now').toMatchObject({ code: 'SOURCE_DRIFT' });
  await office.source.query(`update badges set points = '1'; alter table badges alter points set not null`);
  expect(await office.resume(runId), 'a table that the plan does not know stops nobody').toMatchObject({
    state: 'completed',
  });
});
