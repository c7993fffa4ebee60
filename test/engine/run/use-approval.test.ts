/** What an approval covers when it is used: this plan, this source, this target, so many rows, until then, once. */
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { codeOf, type Office, openOffice } from './moving-office.ts';

const yes = { decision: 'grant', by: 'Marta' } as const;

/** Granted for the office's plan, for the given effect. */
async function granted(office: Office, action: 'migrate' | 'rehearse' = 'migrate') {
  const wish = wishOf(office.plan, action);
  const { id } = await office.engine.requestApproval(wish, 'guide');
  await office.engine.decideApproval(id, yes);
  return { id, wish };
}

function wishOf(plan: PlanFile, action: 'migrate' | 'rehearse') {
  return action === 'migrate' ? ({ action, plan } as const) : ({ action, plan, sample: 10 } as const);
}

/** Refused the same way to whoever uses it up, and to the run that uses its own; nothing is made. */
async function refusedWith(office: Office, code: string, plan = office.plan): Promise<void> {
  expect(await codeOf(office.engine.useApproval({ action: 'migrate', plan }))).toBe(code);
  expect(await codeOf(office.migrate({}, plan))).toBe(code);
  expect(await office.rows('teams')).toBe(0);
}

test('nobody asked', async () => {
  const office = await openOffice();
  await refusedWith(office, 'APPROVAL_REQUIRED');
});

test('asked, and nobody answered: the request is named', async () => {
  const office = await openOffice();
  const { id } = await office.engine.requestApproval({ action: 'migrate', plan: office.plan }, 'guide');
  await refusedWith(office, 'APPROVAL_REQUIRED');
  const error = await office.migrate().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ hint: expect.stringContaining(id), details: { approvalId: id } });
});

test('declined, with who and why', async () => {
  const office = await openOffice();
  const { id } = await office.engine.requestApproval({ action: 'migrate', plan: office.plan }, 'guide');
  await office.engine.decideApproval(id, { decision: 'decline', by: 'Marta', reason: 'not before Monday' });
  await refusedWith(office, 'APPROVAL_DECLINED');
  const error = await office.migrate().catch((thrown: unknown) => thrown);
  expect((error as Error).message).toBe('Marta declined it: not before Monday');
});

test('another plan, be it different in one word', async () => {
  const office = await openOffice();
  await granted(office);
  const edited = { ...office.plan, settings: { ...office.plan.settings, maxFailureRate: 0.02 } };
  await refusedWith(office, 'APPROVAL_REQUIRED', edited);
  expect(await codeOf(office.engine.useApproval({ action: 'migrate', plan: office.plan }))).toBe(
    'nothing was refused',
  );
});

test('another effect, or another sample', async () => {
  const office = await openOffice();
  const { engine, plan } = office;
  await granted(office, 'rehearse');
  await refusedWith(office, 'APPROVAL_REQUIRED');
  expect(await codeOf(engine.useApproval({ action: 'rehearse', plan, sample: 11 }))).toBe(
    'APPROVAL_REQUIRED',
  );
  expect(await codeOf(engine.useApproval({ action: 'rehearse', plan, sample: 10 }))).toBe(
    'nothing was refused',
  );
});

test('a source whose tables changed since', async () => {
  const office = await openOffice();
  await granted(office);
  await office.source.query('alter table people add nickname text');
  const error = await office.engine
    .useApproval({ action: 'migrate', plan: office.plan })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'APPROVAL_OUTDATED' });
  expect((error as Error).message).toContain('the tables of the old database changed since');
  const run = await office.migrate();
  expect(run).toMatchObject({ state: 'paused', error: { code: 'SOURCE_DRIFT' } });
  expect(run.error!.message).toContain('people: nickname (text) is new');
  expect([await office.rows('teams'), await office.rows('people')], 'what is not concerned moves').toEqual([
    4, 0,
  ]);
});

test('a target whose tables changed since; rows and foreign schemas are no change', async () => {
  const office = await openOffice();
  await office.target.query('create schema moved; create table moved.notes (id int primary key)');
  await granted(office);
  await office.target.query(
    'insert into moved.notes values (1); create schema other; create table other.x (id int)',
  );
  await granted(office, 'rehearse');
  await office.target.query('alter table moved.notes add note text');
  await refusedWith(office, 'APPROVAL_OUTDATED');
  expect(await codeOf(office.engine.useApproval(wishOf(office.plan, 'rehearse')))).toBe('APPROVAL_OUTDATED');
  await office.target.query('alter table moved.notes drop note');
  expect(await codeOf(office.engine.useApproval(wishOf(office.plan, 'rehearse')))).toBe(
    'nothing was refused',
  );
});

test('too late', async () => {
  const office = await openOffice();
  await granted(office);
  await office.target.query(`update towpath.approvals set expires_at = clock_timestamp()`);
  await refusedWith(office, 'APPROVAL_EXPIRED');
});

test('for fewer rows', async () => {
  const office = await openOffice();
  await granted(office);
  await office.target.query('update towpath.approvals set max_rows = 203');
  await refusedWith(office, 'APPROVAL_TOO_SMALL');
});

test('of six who use it at once, one gets it', async () => {
  const office = await openOffice();
  const { wish } = await granted(office, 'rehearse');
  const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(office.engine.useApproval(wish))));
  expect(codes.sort()).toEqual([...Array(5).fill('APPROVAL_USED'), 'nothing was refused']);
  const used = (await office.audited()).filter((entry) => entry.includes('approval.used'));
  expect(used).toHaveLength(1);
});

test('of two approvals and three who use them at once, two get one each', async () => {
  const office = await openOffice();
  const { engine, plan } = office;
  await engine.approve(plan, { approver: 'Marta' });
  await engine.approve(plan, { approver: 'Jonas' });
  const uses = await Promise.allSettled([1, 2, 3].map(() => engine.useApproval({ action: 'migrate', plan })));
  const names = uses.flatMap((use) => (use.status === 'fulfilled' ? [use.value.decidedBy] : []));
  expect(names.sort()).toEqual(['Jonas', 'Marta']);
});

test('a run uses its own up; the ways without a request write the same rows', async () => {
  const office = await openOffice();
  const { engine, plan } = office;
  const approval = await engine.approve(plan, { approver: 'Marta', reason: 'agreed' });
  const whole = { maxFailureRate: 1, validate: false };
  const run = await office.migrate(whole);
  expect(run.state).toBe('completed');
  expect(await engine.approvals()).toMatchObject([
    {
      id: approval.id,
      action: 'migrate',
      state: 'used',
      runId: run.runId,
      decidedBy: 'Marta',
      requestedBy: 'Marta',
      reason: 'agreed',
      maxRows: 225,
      sourceFingerprint: plan.source.fingerprint,
      effect: expect.arrayContaining([expect.stringContaining('204 records')]),
    },
  ]);
  await engine.rollback({ runId: run.runId, entities: [], preview: false });
  expect(await codeOf(office.migrate(whole))).toBe('APPROVAL_USED');
  const second = await office.migrate({ ...whole, approveAs: 'Jonas' });
  const [newest] = await engine.approvals();
  expect(newest).toMatchObject({ state: 'used', runId: second.runId, decidedBy: 'Jonas' });
  expect(newest!.maxRows).toBe(Number.MAX_SAFE_INTEGER);
  expect(newest!.targetFingerprint).not.toBeNull();
});

test('a rehearsal asks nobody about its own run, and shows none', async () => {
  const office = await openOffice();
  await office.engine.rehearse(office.plan, { entities: [], sample: 10 });
  expect(await office.engine.approvals()).toEqual([]);
  expect(office.events.filter(({ type }) => type.startsWith('approval.'))).toEqual([]);
});

test('a rehearsal keeps to the rows it was approved for', async () => {
  const office = await openOffice();
  const { maxRows } = await office.engine.requestApproval(wishOf(office.plan, 'rehearse'), 'guide');
  expect(maxRows).toBe(10 * 3 * 5);
  const options = { entities: [], sample: 10 };
  expect(await codeOf(office.engine.rehearse(office.plan, { ...options, maxRows: 12 }))).toBe(
    'APPROVAL_EXCEEDED',
  );
  const [scratch] = await office.target.query(
    `select from pg_namespace where nspname like 'towpath_rehearsal%'`,
  );
  expect(scratch).toBeUndefined();
  expect(await codeOf(office.engine.rehearse(office.plan, { ...options, maxRows }))).toBe(
    'nothing was refused',
  );
});
