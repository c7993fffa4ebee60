import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { useControl } from './control-database.ts';

const fixture = useControl();
const approval = { action: 'migrate', planHash: 'h1', approver: 'Alex', maxRows: 100, validSeconds: 3600 };
const use = (planHash: string, rows: number | null = 50) => ({
  action: 'migrate',
  planHash,
  rows,
  runId: 'r1',
});

test('an approval is used once', async () => {
  const { approvals } = fixture.control;
  const given = await approvals.add({ ...approval, planHash: 'once', reason: 'reviewed' });
  expect(await approvals.use(use('once'))).toMatchObject({
    id: given.id,
    runId: 'r1',
    approver: 'Alex',
    reason: 'reviewed',
  });
  await expect(approvals.use(use('once'))).rejects.toMatchObject({ code: 'APPROVAL_USED' });
});

test('of many who use it at once, one gets it', async () => {
  const { approvals } = fixture.control;
  await approvals.add({ ...approval, planHash: 'race' });
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => approvals.use(use('race'))));
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(refusals).toEqual(Array(5).fill('APPROVAL_USED'));
});

test('it holds for its plan and its action only', async () => {
  const { approvals } = fixture.control;
  await approvals.add({ ...approval, planHash: 'mine' });
  await expect(approvals.use(use('edited'))).rejects.toMatchObject({ code: 'APPROVAL_REQUIRED' });
  await expect(approvals.use({ ...use('mine'), action: 'rollback' })).rejects.toMatchObject({
    code: 'APPROVAL_REQUIRED',
  });
});

test('it does not cover more rows than it named', async () => {
  const { approvals } = fixture.control;
  await approvals.add({ ...approval, planHash: 'rows' });
  await expect(approvals.use(use('rows', 101))).rejects.toMatchObject({ code: 'APPROVAL_TOO_SMALL' });
  await expect(approvals.use(use('rows', 100))).resolves.toMatchObject({ maxRows: 100 });
});

test('it expires', async () => {
  const { approvals } = fixture.control;
  await approvals.add({ ...approval, planHash: 'late', validSeconds: -1 });
  await expect(approvals.use(use('late'))).rejects.toMatchObject({ code: 'APPROVAL_EXPIRED' });
});

test('a use that is rolled back can be used again', async () => {
  const { approvals } = fixture.control;
  await approvals.add({ ...approval, planHash: 'again' });
  const failing = fixture.database.transaction(async (session) => {
    await approvals.use(use('again'), session);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await expect(approvals.use(use('again'))).resolves.toMatchObject({ runId: 'r1' });
  expect(await approvals.list({ planHash: 'again' })).toHaveLength(1);
});

test('requests of one wish wait for each other and become one', async () => {
  const { control, database } = fixture;
  const wish = { action: 'rehearse', planHash: 'twice', subject: 'sample=5', rows: 10, maxRows: 10 };
  const ask = (requestedBy: string) =>
    database.transaction((session) =>
      control.approvals.request({ ...wish, requestedBy, validSeconds: 60 }, session),
    );
  let second: ReturnType<typeof ask> | undefined;
  let answered = false;
  const first = await database.transaction(async (session) => {
    const asked = await control.approvals.request({ ...wish, requestedBy: 'Ada', validSeconds: 60 }, session);
    second = ask('Bob').finally(() => {
      answered = true;
    });
    await sleep(100);
    expect(answered).toBe(false);
    return asked;
  });
  expect(first.isNew).toBe(true);
  expect(await second).toMatchObject({
    isNew: false,
    approval: { id: first.approval.id, requestedBy: 'Ada' },
  });
});

test('a request is no yes', async () => {
  const { control, database } = fixture;
  const wish = { action: 'migrate', planHash: 'asked', rows: 10, maxRows: 10 };
  const { approval: asked } = await database.transaction((session) =>
    control.approvals.request({ ...wish, requestedBy: 'guide', validSeconds: 60 }, session),
  );
  await expect(control.approvals.use(use('asked', 10))).rejects.toMatchObject({
    code: 'APPROVAL_REQUIRED',
    details: { approvalId: asked.id },
  });
  const decision = { state: 'granted', by: 'Ada', reason: null, validSeconds: 60 } as const;
  expect(await control.approvals.decide(asked.id, decision)).toMatchObject({ state: 'granted' });
  expect(await control.approvals.decide(asked.id, decision)).toBeNull();
  await expect(control.approvals.use(use('asked', 10))).resolves.toMatchObject({ id: asked.id });
});

test('it holds for its run, its sample and its states of source and target', async () => {
  const { approvals } = fixture.control;
  const states = { sourceFingerprint: 's', targetFingerprint: 't', basis: 'b' };
  await approvals.add({ ...approval, ...states, planHash: 'bound', subject: 'sample=5', forRun: 'r1' });
  const right = { ...use('bound'), ...states, subject: 'sample=5' };
  for (const [wrong, code] of [
    [{ runId: 'r2' }, 'APPROVAL_REQUIRED'],
    [{ runId: null }, 'APPROVAL_REQUIRED'],
    [{ subject: 'sample=6' }, 'APPROVAL_REQUIRED'],
    [{ sourceFingerprint: 'other' }, 'APPROVAL_OUTDATED'],
    [{ targetFingerprint: null }, 'APPROVAL_OUTDATED'],
    [{ basis: 'other' }, 'APPROVAL_OUTDATED'],
  ] as const)
    await expect(approvals.use({ ...right, ...wrong }), JSON.stringify(wrong)).rejects.toMatchObject({
      code,
    });
  await expect(approvals.use(right)).resolves.toMatchObject({ state: 'used' });
});

test('what was given in parts is used with the first of them', async () => {
  const { approvals } = fixture.control;
  const whole = await approvals.add({ ...approval, action: 'accept', planHash: 'parts' });
  for (const action of ['accept:a', 'accept:b'])
    await approvals.add({ ...approval, action, planHash: 'parts', partOf: whole.id });
  await approvals.use({ ...use('parts'), action: 'accept:a' });
  expect(await approvals.find(whole.id)).toMatchObject({ state: 'used', runId: 'r1' });
  await approvals.use({ ...use('parts'), action: 'accept:b' });
  const used = await approvals.list({ planHash: 'parts' });
  expect(used.map(({ action }) => action).sort()).toEqual(['accept:a', 'accept:b']);
});
