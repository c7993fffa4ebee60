import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredRange } from '../../../engine/control/batch-store.ts';
import { counters, useControl } from './control-database.ts';

const fixture = useControl();
const range = (after: string | null, upTo: string | null): StoredRange => ({
  after: after === null ? null : [after],
  upTo: upTo === null ? null : [upTo],
});

test('a batch is planned, then completed, once', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  const batchId = await batches.plan({ runId, entity: 'patients', range: range(null, '10') });
  expect(await batches.state(batchId)).toBe('planned');
  expect(await batches.unfinished(runId, 'patients')).toEqual([{ batchId, range: range(null, '10') }]);
  await fixture.database.transaction((session) => batches.complete(session, batchId, counters));
  expect(await batches.state(batchId)).toBe('completed');
  expect(await batches.unfinished(runId, 'patients')).toEqual([]);
  const totals = { ...counters, completed: 1, planned: 0 };
  expect(await batches.totals(runId, 'patients')).toEqual(totals);
  expect(await batches.totalsOf(runId, ['patients', 'visits'])).toEqual(new Map([['patients', totals]]));
  expect(await batches.totalsOf(runId, [])).toEqual(new Map());
  const again = fixture.database.transaction((session) => batches.complete(session, batchId, counters));
  await expect(again).rejects.toMatchObject({ code: 'BATCH_ALREADY_COMPLETED' });
});

test('a range whose entering was not answered is entered again as the same batch; no other begins there', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  const plan = (of: StoredRange) => batches.plan({ runId, entity: 'patients', range: of });
  for (const [first, other] of [
    [range(null, '10'), range(null, '20')],
    [range('10', null), range('10', '30')],
  ] as const) {
    const batchId = await plan(first);
    expect(await plan(first)).toBe(batchId);
    await expect(plan(other)).rejects.toMatchObject({ code: 'RANGE_TAKEN' });
    await fixture.database.transaction((session) => batches.complete(session, batchId, counters));
    await expect(plan(first)).rejects.toMatchObject({ code: 'RANGE_TAKEN' });
  }
  expect(await batches.list(runId)).toHaveLength(2);
});

test('of two processes that complete the same batch at once, one loses with all its rows', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  const batchId = await batches.plan({ runId, entity: 'patients', range: range(null, null) });
  await fixture.target.query('create table moved (who int)');
  const attempt = (who: number) =>
    fixture.database.transaction(async (session) => {
      await session.query('insert into public.moved values ($1)', [who]);
      await batches.complete(session, batchId, counters);
    });
  const results = await Promise.allSettled([attempt(1), attempt(2)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await fixture.target.query('select who from moved')).toHaveLength(1);
});

test('a transaction that rolls back leaves the batch planned', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  const batchId = await batches.plan({ runId, entity: 'patients', range: range(null, null) });
  const dying = fixture.database.transaction(async (session) => {
    await batches.complete(session, batchId, counters);
    throw new Error('killed');
  });
  await expect(dying).rejects.toThrow('killed');
  expect(await batches.state(batchId)).toBe('planned');
});

test('the frontier is null before, a position during, and the end after planning', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  expect(await batches.frontier(runId, 'visits')).toBeNull();
  await batches.plan({ runId, entity: 'visits', range: { after: null, upTo: ['7', 'b"c'] } });
  expect(await batches.frontier(runId, 'visits')).toEqual({ upTo: ['7', 'b"c'] });
  await batches.plan({ runId, entity: 'visits', range: { after: ['7', 'b"c'], upTo: null } });
  expect(await batches.frontier(runId, 'visits')).toEqual({ upTo: null });
});

/** However ranges are planned and halved, they cover everything once and the frontier is where planning stopped. */
test('planning and halving keep one chain', async () => {
  const { batches } = fixture.control;
  const step = fc.oneof(fc.constant('plan' as const), fc.nat());
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const runId = await fixture.run();
      const planned: { batchId: number; lo: number; hi: number }[] = [];
      let end = 0;
      for (const next of steps) {
        if (next === 'plan') {
          const stored = range(end === 0 ? null : String(end), String(end + 64));
          planned.push({
            batchId: await batches.plan({ runId, entity: 'e', range: stored }),
            lo: end,
            hi: end + 64,
          });
          end += 64;
          continue;
        }
        const cut = planned[next % Math.max(planned.length, 1)];
        if (!cut || cut.hi - cut.lo < 2) continue;
        const middle = (cut.lo + cut.hi) / 2;
        const left = range(cut.lo === 0 ? null : String(cut.lo), String(middle));
        const right = range(String(middle), String(cut.hi));
        const batchId = await batches.split(fixture.database, { runId, batchId: cut.batchId, left, right });
        planned.push({ batchId, lo: middle, hi: cut.hi });
        cut.hi = middle;
      }
      expect(await batches.frontier(runId, 'e')).toEqual(end === 0 ? null : { upTo: [String(end)] });
      const stored = (await batches.list(runId, 'e')).map((batch) => [
        batch.range.after?.[0] ?? '0',
        batch.range.upTo![0],
      ]);
      const sorted = stored.sort((a, b) => Number(a[0]) - Number(b[0]));
      expect(sorted.every(([after], index) => after === (index === 0 ? '0' : sorted[index - 1]![1]))).toBe(
        true,
      );
    }),
    { numRuns: 25 },
  );
});

test('what has another range, or is done, cannot be halved', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  const batchId = await batches.plan({ runId, entity: 'patients', range: range(null, '10') });
  const wrong = { runId, batchId, left: range(null, '5'), right: range('5', '99') };
  await expect(batches.split(fixture.database, wrong)).rejects.toMatchObject({
    code: 'BATCH_CANNOT_BE_SPLIT',
  });
  await batches.complete(fixture.database, batchId, counters);
  const late = { runId, batchId, left: range(null, '5'), right: range('5', '10') };
  await expect(batches.split(fixture.database, late)).rejects.toMatchObject({
    code: 'BATCH_CANNOT_BE_SPLIT',
  });
  expect(await batches.list(runId)).toHaveLength(1);
});

test('ranges that do not form a chain are reported, not resumed from', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  await batches.plan({ runId, entity: 'patients', range: range(null, '10') });
  await batches.plan({ runId, entity: 'patients', range: range('20', '30') });
  await expect(batches.frontier(runId, 'patients')).rejects.toMatchObject({ code: 'LEDGER_MISMATCH' });
});

test('batches can be opened again, and forgotten', async () => {
  const { batches } = fixture.control;
  const runId = await fixture.run();
  const batchId = await batches.plan({ runId, entity: 'patients', range: range(null, null) });
  await batches.complete(fixture.database, batchId, counters);
  expect(await batches.throughput(runId)).toMatchObject([{ rows: 8 }]);
  await batches.reopen(fixture.database, [batchId]);
  expect(await batches.totals(runId)).toMatchObject({ rowsRead: 0, completed: 0, planned: 1 });
  await batches.forget(fixture.database, { runId, entity: 'patients' });
  expect(await batches.frontier(runId, 'patients')).toBeNull();
});
