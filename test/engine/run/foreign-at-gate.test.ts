/** Somebody works in the new system while a run fills it: told at the gate, closed where money is concerned, and in the validation. */
import { expect, test } from 'vitest';
import { planFile } from '../../../engine/plan/plan-file.ts';
import { openOffice } from './moving-office.ts';

/** The rows of the first level are in, its keys not yet built: another session writes then. */
function meddleWithTeams(office: Awaited<ReturnType<typeof openOffice>>, sql: string): void {
  let done = false;
  office.engine.events.subscribe((event) => {
    if (done || event.type !== 'batch.completed' || event.entity !== 'teams') return;
    done = true;
    void office.target.query(sql);
  });
}

test('what others wrote is told by number before the next level, and named by the validation', async () => {
  const office = await openOffice();
  meddleWithTeams(
    office,
    `update moved.teams set name = 'renamed' where legacy_id = 1; insert into moved.teams (id, legacy_id, name) values (md5('x')::uuid, 99, 'theirs')`,
  );
  const run = await office.migrate({ approveAs: 'tester', maxFailureRate: 1 });
  expect(office.events.filter(({ type }) => type === 'gate.foreign-writes')).toMatchObject([
    { entity: 'teams', changed: 1, added: 1, deleted: 0 },
  ]);
  expect(run.state).toBe('copied');
  const check = run.validation!.checks.find(
    ({ entity, type }) => entity === 'teams' && type === 'foreign-writers',
  );
  expect(check).toMatchObject({ status: 'fail', actual: '2' });
  const told = run.validation!.issues.filter(({ check: name }) => name === 'foreign-writers');
  expect(told.map(({ key, message }) => [key, message])).toEqual([
    ['1', 'teams: 1 was changed by somebody else (name).'],
    [undefined, expect.stringMatching(/^teams: the row [0-9a-f-]{36} was added by somebody else\.$/)],
  ]);
  // put back to what was moved, and the added row taken out by its owner: nothing is left to tell
  await office.target.query(`delete from moved.teams where legacy_id = 99`);
  const fixed = await office.engine.validate({ type: 'all', runId: run.runId, entities: [], fix: true });
  expect(fixed.issues).toEqual([]);
  expect((await office.engine.status(run.runId)).state).toBe('completed');
});

test('of a financial entity it closes the gate, until a person accepts it', async () => {
  const office = await openOffice();
  const plan = planFile.parse({
    ...office.plan,
    entities: office.plan.entities.map((entity) =>
      entity.name === 'teams' ? { ...entity, financial: true } : entity,
    ),
  });
  meddleWithTeams(office, 'update moved.teams set name = name where legacy_id = 4');
  const run = await office.migrate({ approveAs: 'tester', maxFailureRate: 1 }, plan);
  expect(run).toMatchObject({ state: 'failed', gate: { status: 'closed', level: 1 } });
  expect(run.gate.findings).toMatchObject([{ entity: 'teams', check: 'foreign-writers', actual: '1' }]);
  expect(await office.rows('people')).toBe(0);
  await office.engine.acceptSetAside(run.runId, { approver: 'Ann', reason: 'the name is the same' });
  expect((await office.resume(run.runId)).state).toBe('completed');
});

test('a yes to rows that are set aside is none to rows that others wrote later', async () => {
  const office = await openOffice();
  const plan = planFile.parse({
    ...office.plan,
    entities: office.plan.entities.map((entity) =>
      entity.name === 'badges' ? { ...entity, financial: true } : entity,
    ),
  });
  const run = await office.migrate({ approveAs: 'tester' }, plan);
  expect(run.gate.findings.map(({ check }) => check)).toEqual(['failure-rate']);
  const by = { approver: 'Ann', reason: 'points do not matter' };
  expect((await office.engine.acceptSetAside(run.runId, by)).map(({ maxRows }) => maxRows)).toEqual([5]);
  await office.target.query(`update moved.badges set points = points + 1 where legacy_id in (10, 11)`);
  const again = await office.resume(run.runId);
  expect(again).toMatchObject({ state: 'failed', gate: { status: 'closed' } });
  expect(again.gate.findings).toMatchObject([{ check: 'foreign-writers', actual: '2' }]);
  const card = await office.engine.requestApproval({ action: 'accept-set-aside', runId: run.runId }, 'guide');
  expect(card).toMatchObject({
    title: 'Go on with 2 records as somebody else has changed them.',
    maxRows: 2,
  });
  expect(card.effect.join(' ')).not.toContain('set aside');
  await office.engine.acceptSetAside(run.runId, by);
  // as many as were accepted, and no more
  await office.target.query(`update moved.badges set points = points + 1 where legacy_id = 12`);
  expect((await office.resume(run.runId)).gate.findings).toMatchObject([{ actual: '3' }]);
  await office.engine.acceptSetAside(run.runId, by);
  await office.resume(run.runId);
  const used = (await office.engine.report(run.runId)).approvals.map(({ action }) => action);
  expect(used.sort()).toEqual(['accept-foreign:badges', 'accept-set-aside:badges', 'migrate']);
});

test('below 95 % the run waits, and tells what undoing would do', async () => {
  const office = await openOffice();
  await office.source.query(`update badges set points = 'many' where id <= 60`);
  const run = await office.migrate({ approveAs: 'tester' });
  expect(run).toMatchObject({ state: 'paused', gate: { status: 'closed' } });
  expect(run.gate.findings.map(({ check }) => check)).toEqual(['failure-rate', 'success-rate']);
  expect(run.error?.message).toContain(
    'Undoing it would take 144 rows out of the target again, drop 3 tables',
  );
  expect(run.error?.hint).toMatch(
    /towpath approve --run .+ towpath rollback .+ --preview, then towpath rollback .+ --confirm/s,
  );
  expect(office.events).toContainEqual(
    expect.objectContaining({ type: 'gate.closed', proposeRollback: true }),
  );
  // it waits: asked to go on, it stops at the same place; accepted, it goes on; undone, nothing is left
  expect((await office.resume(run.runId)).state).toBe('paused');
  await office.engine.acceptSetAside(run.runId, { approver: 'Ann', reason: 'points do not matter' });
  expect((await office.resume(run.runId)).state).toBe('completed');
});

test('a share for a level of the plan', async () => {
  const office = await openOffice();
  const plan = planFile.parse({
    ...office.plan,
    settings: { ...office.plan.settings, maxFailureRate: 0.2, maxFailureRateOfLevel: { '3': 0.02 } },
  });
  const run = await office.migrate({ approveAs: 'tester' }, plan);
  expect(run.gate).toMatchObject({ status: 'closed', level: 3 });
  expect(run.gate.findings).toMatchObject([{ entity: 'badges', check: 'failure-rate' }]);
});
