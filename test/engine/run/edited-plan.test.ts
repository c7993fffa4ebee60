/** A run that goes on by a plan that was edited since: what it may not keep of the old one, and what it may not do by the way. */
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { planHash } from '../../../engine/plan/plan-hash.ts';
import { changed, halfWay, withEntity, without } from './half-way.ts';
import { openBranches, SIZES } from './two-branches.ts';

const dedupe = { by: ['points'], keep: 'first', ignoreCase: false, trim: false, loses: [] } as const;
const deduped = (plan: PlanFile, by: string[] | null) =>
  withEntity(plan, 'badges', () => ({ dedupe: by === null ? false : { ...dedupe, by, loses: [] } }));
const renamed = (plan: PlanFile) =>
  changed(plan, 'people', (column) => (column.to === 'note' ? { ...column, to: 'remark' } : column));
const broken = () => {
  throw Object.assign(new Error('x'), { code: '53100' });
};

test('what the old plan took for the same record of a kind that waits is asked anew', async () => {
  for (const [before, after, moved] of [
    [['points'], null, 100],
    [['points'], ['person_id'], 100],
    [null, ['points'], 50],
  ] as const) {
    const { office, run, plan } = await halfWay(async ({ source, plan: proposed }) => {
      await source.query('update badges set points = (id % 50)::text');
      return deduped(proposed, before === null ? null : [...before]);
    });
    const edited = deduped(plan, after === null ? null : [...after]);
    const resumed = await office.resume(run.runId, { plan: edited, approveAs: 'Marta' });
    expect([before, resumed.state, (await office.rows()).badges]).toEqual([before, 'completed', moved]);
    expect(resumed.validation).toMatchObject({ overallStatus: 'verified' });
  }
});

test('the same for a run that ended before it moved anything, and the next by another plan', async () => {
  const office = await openBranches();
  await office.source.query('update badges set points = (id % 50)::text');
  office.at('entity.deduped', 1, broken);
  await expect(office.migrate({}, deduped(office.plan, ['points']))).rejects.toThrow();
  expect(await office.migrate({}, deduped(office.plan, ['person_id']))).toMatchObject({
    state: 'completed',
    validation: { overallStatus: 'verified' },
  });
  expect(await office.rows()).toEqual(SIZES);
});

test('what the edited plan leaves out is no part of the run any more: all of it can be undone', async () => {
  for (const undo of [
    { entities: [] },
    { entities: ['rooms', 'desks', 'teams'] },
    { entities: [], level: 1 },
  ]) {
    const { office, run, plan } = await halfWay();
    const edited = without(plan, 'people', 'badges');
    const resumed = await office.resume(run.runId, { plan: edited, approveAs: 'Marta' });
    expect(resumed).toMatchObject({ state: 'completed' });
    expect(Object.keys(office.states(resumed)).sort()).toEqual(['desks', 'rooms', 'teams']);
    const { runId } = run;
    const preview = await office.engine.rollback({ runId, ...undo, preview: true });
    expect(preview.entities.map(({ entity }) => entity).sort()).toEqual(['desks', 'rooms', 'teams']);
    await office.engine.rollback({ runId, ...undo, preview: false });
    expect([undo, (await office.engine.status(runId)).state]).toEqual([undo, 'rolled-back']);
  }
});

test('left out and taken in again, it is moved', async () => {
  const { office, run, plan } = await halfWay();
  office.at('run.copied', 1, broken);
  const left = office.resume(run.runId, { plan: without(plan, 'people', 'badges'), approveAs: 'Marta' });
  await expect(left).rejects.toMatchObject({ code: '53100' });
  expect((await office.engine.status(run.runId)).state).toBe('copied');
  expect(await office.resume(run.runId, { plan: renamed(plan), approveAs: 'Marta' })).toMatchObject({
    state: 'completed',
    validation: { overallStatus: 'verified' },
  });
  expect(await office.rows()).toEqual(SIZES);
});

test('a kind of records that is added to a run whose others are in is moved, too', async () => {
  for (const point of ['run.copied', 'run.validating']) {
    const office = await openBranches();
    office.at(point, 1, broken);
    await expect(office.migrate({}, without(office.plan, 'desks'))).rejects.toThrow();
    const { runId, state } = await office.engine.status();
    expect(`run.${state}`).toBe(point);
    const resumed = await office.resume(runId, { plan: office.plan, approveAs: 'Marta' });
    expect(resumed).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
    expect(await office.rows()).toEqual(SIZES);
  }
});

/** By the new plan people are moved otherwise, into the same table. */
const allowed = (plan: PlanFile) => withEntity(plan, 'people', () => ({ maxFailureRate: 0.5 }));

function inTheWay(runId: string) {
  return {
    code: 'CHANGED_ROWS_IN_THE_WAY',
    message: expect.stringMatching(/^1 row of people /),
    hint: expect.stringContaining(`towpath rollback ${runId} --entities people --force-changed --preview`),
  };
}

test('rows that somebody has changed since would be met by those that are moved anew: nothing is done before they are seen to', async () => {
  const { office, run, plan } = await halfWay();
  const { runId } = run;
  await office.target.query(`update moved.people set name = 'Somebody Else' where legacy_id = '7'`);
  const resume = () => office.resume(runId, { plan: renamed(plan), approveAs: 'Marta' });
  await expect(resume()).rejects.toMatchObject(inTheWay(runId));
  expect((await office.rows()).people).toBe(200);
  expect(await office.engine.status(runId)).toMatchObject({ state: 'failed', planHash: planHash(plan) });
  await office.engine.rollback({ runId, entities: ['people'], preview: false, forceChanged: true });
  expect(await resume()).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
  expect(await office.rows()).toEqual(SIZES);
});

test('the same where an earlier undo left them, which says so', async () => {
  const { office, run, plan } = await halfWay();
  const { runId } = run;
  await office.target.query(`update moved.people set name = 'Somebody Else' where legacy_id = '7'`);
  const undo = { runId, entities: ['people'], preview: false };
  await office.engine.rollback(undo);
  expect((await office.rows()).people).toBe(1);
  expect((await office.engine.status(runId)).error).toMatchObject({
    code: 'ROLLED_BACK_IN_PART',
    message: expect.stringContaining('1 row of people stays'),
    hint: expect.stringContaining(`towpath rollback ${runId} --entities people --force-changed --confirm`),
  });
  const resume = () => office.resume(runId, { plan: allowed(plan), approveAs: 'Marta' });
  await expect(resume()).rejects.toMatchObject(inTheWay(runId));
  await office.engine.rollback({ ...undo, forceChanged: true });
  expect(await resume()).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
  expect(await office.rows()).toEqual(SIZES);
});

test('somebody changes a row while the old plan’s are taken out: the run stands, and says which', async () => {
  const { office, run, plan } = await halfWay();
  office.at('rollback.restored', 1, async () => {
    await office.target.query(`update moved.people set name = 'Somebody Else' where legacy_id = '7'`);
  });
  const resumed = office.resume(run.runId, { plan: renamed(plan), approveAs: 'Marta' });
  await expect(resumed).rejects.toMatchObject({ code: 'CHANGED_ROWS_IN_THE_WAY' });
  expect(await office.engine.status(run.runId)).toMatchObject({ state: 'failed', planHash: planHash(plan) });
  expect((await office.rows()).people).toBe(1);
});

test('an undo that broke off is no change-over, whatever plans were approved', async () => {
  const { office, run, plan } = await halfWay();
  const { runId } = run;
  office.at('plan.approved', 1, broken);
  await expect(office.resume(runId, { plan: renamed(plan), approveAs: 'Marta' })).rejects.toThrow();
  office.at('rollback.entity', 1, broken);
  await expect(office.engine.rollback({ runId, entities: [], preview: false })).rejects.toThrow();
  await expect(office.resume(runId, { plan: renamed(plan) })).rejects.toMatchObject({
    code: 'RUN_IS_OVER',
    hint: expect.stringContaining(`towpath rollback ${runId} --confirm`),
  });
  await office.engine.rollback({ runId, entities: [], preview: false });
  expect((await office.engine.status(runId)).state).toBe('rolled-back');
});

test('a change-over that broke off names the command that goes on, and takes out what it began by a plan that was edited once more', async () => {
  const { office, run, plan } = await halfWay();
  const { runId } = run;
  office.at('rollback.entity', 1, broken);
  await expect(office.resume(runId, { plan: renamed(plan), approveAs: 'Marta' })).rejects.toThrow();
  expect((await office.engine.status(runId)).state).toBe('rolling-back');
  await expect(office.resume(runId)).rejects.toMatchObject({
    code: 'RUN_IS_OVER',
    hint: expect.stringContaining(`towpath resume ${runId} --edited-plan`),
  });
  const again = withEntity(plan, 'badges', () => ({ maxFailureRate: 0.5 }));
  await expect(office.resume(runId, { plan: again }), 'needs a yes').rejects.toMatchObject({
    code: 'APPROVAL_REQUIRED',
  });
  expect(await office.resume(runId, { plan: again, approveAs: 'Marta' })).toMatchObject({
    state: 'completed',
    validation: { overallStatus: 'verified' },
  });
  expect(await office.rows()).toEqual(SIZES);
});

test('back to the old plan, a change-over that broke off comes to its end, too', async () => {
  const { office, run, plan } = await halfWay();
  const { runId } = run;
  office.at('rollback.entity', 1, broken);
  await expect(office.resume(runId, { plan: renamed(plan), approveAs: 'Marta' })).rejects.toThrow();
  expect(await office.resume(runId, { plan })).toMatchObject({
    state: 'completed',
    planHash: planHash(plan),
  });
  expect(await office.rows()).toEqual(SIZES);
});
