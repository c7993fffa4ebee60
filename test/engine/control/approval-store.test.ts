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
