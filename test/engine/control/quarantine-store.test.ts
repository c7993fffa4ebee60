import { expect, test } from 'vitest';
import type { NewQuarantinedRow } from '../../../engine/control/quarantine-store.ts';
import { useControl } from './control-database.ts';

const fixture = useControl();

function row(runId: string, legacyId: string, more: Partial<NewQuarantinedRow> = {}): NewQuarantinedRow {
  return {
    runId,
    entity: 'patients',
    legacyId,
    batchId: 1,
    reason: 'orphan',
    sqlstate: null,
    column: 'doctor_id',
    message: 'The doctor is not there.',
    sourceRow: { id: legacyId, name: `O'Brien "x" \\ \n ü` },
    ...more,
  };
}

test('a row comes back as it was put aside', async () => {
  const { quarantine } = fixture.control;
  const runId = await fixture.run();
  const put = row(runId, '9007199254740993', {
    sqlstate: '23503',
    sourceRow: { id: '9007199254740993', amount: '10.50', nothing: null },
  });
  await quarantine.add(fixture.database, [
    put,
    row(runId, '2', { batchId: null, column: null, sourceRow: null }),
  ]);
  const [first, second] = await quarantine.list({ runId });
  expect(first).toMatchObject({ ...put, state: 'held' });
  expect(second).toMatchObject({ batchId: null, column: null, sourceRow: null });
});

test('digits of a stored row survive even where they came as JSON numbers', async () => {
  const { quarantine } = fixture.control;
  const runId = await fixture.run();
  await quarantine.add(fixture.database, [row(runId, '1')]);
  await fixture.target.query(
    `update towpath.quarantined_rows set source_row = '{"id": 9007199254740993, "amount": 10.50}' where run_id = $1`,
    [runId],
  );
  expect((await quarantine.list({ runId }))[0]!.sourceRow).toEqual({
    id: '9007199254740993',
    amount: '10.50',
  });
});

test('rows are filtered, paged and grouped by cause', async () => {
  const { quarantine } = fixture.control;
  const runId = await fixture.run();
  const many = Array.from({ length: 5 }, (_, i) => row(runId, String(i)));
  await quarantine.add(fixture.database, [
    ...many,
    row(runId, 'x', { entity: 'visits', reason: 'too-long', sqlstate: '22001' }),
  ]);
  expect(await quarantine.count(runId)).toBe(6);
  expect(await quarantine.count(runId, 'visits')).toBe(1);
  expect(await quarantine.list({ runId, cause: '22001' })).toHaveLength(1);
  expect(await quarantine.list({ runId, cause: 'too-long', entity: 'patients' })).toEqual([]);
  const page = await quarantine.list({ runId, limit: 4 });
  const rest = await quarantine.list({ runId, limit: 4, afterId: page.at(-1)!.id });
  expect([page.length, rest.length]).toEqual([4, 2]);
  expect((await quarantine.causes({ runId })).map(({ reason, rows }) => [reason, rows])).toEqual([
    ['orphan', 5],
    ['too-long', 1],
  ]);
});

test('released rows no longer count as held', async () => {
  const { quarantine } = fixture.control;
  const runId = await fixture.run();
  await quarantine.add(fixture.database, [row(runId, '1'), row(runId, '2')]);
  await quarantine.release(fixture.database, { runId, entity: 'patients', legacyIds: ['1'] });
  expect(await quarantine.count(runId)).toBe(1);
  expect(await quarantine.list({ runId, state: 'released' })).toMatchObject([{ legacyId: '1' }]);
  expect(await quarantine.list({ runId, state: 'all' })).toHaveLength(2);
});

test('rows of some batches, or all, can be forgotten', async () => {
  const { quarantine, repairs } = fixture.control;
  const runId = await fixture.run();
  const of = { runId, entity: 'patients' };
  await quarantine.add(fixture.database, [row(runId, '1', { batchId: 1 }), row(runId, '2', { batchId: 2 })]);
  await quarantine.forget(fixture.database, { ...of, batchIds: [2] });
  expect(await quarantine.list({ runId })).toMatchObject([{ legacyId: '1' }]);
  await quarantine.forget(fixture.database, of);
  expect(await quarantine.count(runId)).toBe(0);
  const repair = { ...of, batchId: 1, column: 'email', rule: 'email', original: null };
  await repairs.add(
    fixture.database,
    ['1', '2', '3'].map((legacyId) => ({ ...repair, legacyId })),
  );
  expect(await repairs.causes(runId)).toEqual([
    { entity: 'patients', rule: 'email', column: 'email', rows: 3 },
  ]);
  await repairs.forget(fixture.database, { ...of, legacyIds: ['1', '3'] });
  expect(await repairs.list({ runId })).toMatchObject([{ legacyId: '2' }]);
});

test('nothing put aside is no statement', async () => {
  const never = { query: () => Promise.reject(new Error('asked')) };
  await fixture.control.quarantine.add(never, []);
  await fixture.control.repairs.add(never, []);
});
