/** Runners that die under a real run; what validation says of it all; what a rehearsal shows. */
import { expect, test } from 'vitest';
import type { CodeRunners } from '../../../engine/contract/code.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { createChildRunners, failure } from './child-runners.ts';
import { openShop, SPLIT, withCode } from './coded-shop.ts';

const code = { kind: 'code' } as const;

function split(plan: PlanFile, source = SPLIT): PlanFile {
  return withCode(
    plan,
    [
      { to: 'first_name', type: 'text', nullable: false, transform: code },
      { to: 'last_name', type: 'text', transform: code },
    ],
    { code: [{ source, reads: ['full_name'], writes: ['first_name', 'last_name'] }] },
  );
}

/** Runners that can be exchanged under a living engine. */
function exchangeable(first: CodeRunners): CodeRunners & { now: CodeRunners } {
  const place = {
    now: first,
    open: (unit: Parameters<CodeRunners['open']>[0]) => place.now.open(unit),
    check: (...of: Parameters<CodeRunners['check']>) => place.now.check(...of),
    close: () => place.now.close(),
  };
  return place;
}

test('runners that die in the middle are replaced; every row moves once', async () => {
  // Two are on their way at most, so that one is answered between two of these.
  const dying = new Set([4, 8, 12]);
  const runners = createChildRunners({
    beforeBatch(_, batch) {
      if (dying.has(batch)) throw failure('oom', 'It used more than 256 MB.');
    },
  });
  const { plan, migrate, engine } = await openShop(runners);
  const run = await migrate(split(plan), { batchSize: 300 });
  expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
  expect((await engine.quarantine({ entity: 'people' })).map(({ legacyId }) => legacyId).sort()).toEqual([
    '1',
    '2',
    '3',
  ]);
  expect(runners.living()).toBe(0);
});

test('a row that ends its runner each time is set aside; the rest moves and is proved', async () => {
  const runners = createChildRunners({
    beforeBatch(rows) {
      const at = rows.findIndex(([name]) => name === 'Last700, First700');
      if (at >= 0) throw failure('timeout', 'No answer within 3000 ms.', at);
    },
  });
  const { plan, migrate, engine } = await openShop(runners);
  const run = await migrate(split(plan), { entities: ['people'] });
  expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
  const rows = await engine.quarantine({ entity: 'people' });
  expect(rows.find(({ legacyId }) => legacyId === '700')).toMatchObject({
    reason: 'code-rejected',
    message: 'No answer within 3000 ms.',
  });
  expect(rows).toHaveLength(4);
});

test('after three deaths in a row the entity fails with the cause; resume goes on from there', async () => {
  let dying = false;
  const runners = createChildRunners({
    beforeBatch(_, batch) {
      dying ||= batch === 6;
      if (dying) throw failure('heap', 'The code needs more memory than it may have.');
    },
  });
  const place = exchangeable(runners);
  const { plan, migrate, engine, target } = await openShop(place);
  const error = await migrate(split(plan), { batchSize: 300, maxConcurrency: 1 }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({
    code: 'CODE_STOPPED',
    message: expect.stringContaining(
      'stopped 3 times in a row. The code needs more memory than it may have.',
    ),
    hint: expect.stringContaining('towpath resume'),
  });
  const status = await engine.status();
  expect(status).toMatchObject({ state: 'failed', error: { code: 'CODE_STOPPED' } });
  expect(status.entities.find(({ entity }) => entity === 'people')).toMatchObject({
    state: 'failed',
    error: { code: 'CODE_STOPPED', hint: expect.any(String) },
  });
  expect(runners.living()).toBe(0);
  const [moved] = await target.query<{ n: number }>('select count(*)::int as n from moved.people');
  expect(moved!.n).toBeGreaterThan(0);
  expect(moved!.n).toBeLessThan(1200);

  const again = { batchSize: 300, maxConcurrency: 2, validate: true };
  place.now = {
    ...runners,
    open: () => Promise.reject(failure('docker-missing', 'Docker does not answer.')),
  };
  await expect(engine.resume(status.runId, again)).rejects.toMatchObject({ code: 'SANDBOX_MISSING' });
  expect((await engine.status()).state).toBe('failed');

  place.now = createChildRunners();
  const run = await engine.resume(status.runId, again);
  expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
});

test('without a sandbox a run with code is not validated, and stays as it is', async () => {
  const place = exchangeable(createChildRunners());
  const { plan, migrate, engine } = await openShop(place);
  const { runId, state } = await migrate(split(plan), { validate: false });
  place.now = {
    ...place.now,
    open: async () => {
      throw failure('docker-missing', 'Docker does not answer.');
    },
  };
  const refused = { code: 'SANDBOX_MISSING', hint: expect.stringContaining('towpath sandbox doctor') };
  await expect(engine.validate({ type: 'all', runId, entities: [], fix: false })).rejects.toMatchObject(
    refused,
  );
  expect((await engine.status(runId)).state).toBe(state);
});

test('validation runs the code again: what was changed in the target is found, by row and column', async () => {
  const { plan, migrate, engine, target } = await openShop(createChildRunners());
  const { runId } = await migrate(split(plan));
  await target.query(`update moved.people set first_name = 'Other' where legacy_id::int = 77`);
  const report = await engine.validate({ type: 'all', runId, entities: [], fix: false });
  expect(report.overallStatus).toBe('differences');
  expect(report.issues).toEqual([
    expect.objectContaining({
      kind: 'mismatching',
      key: '77',
      column: 'first_name',
      expected: 'First77',
      actual: 'Other',
    }),
    expect.objectContaining({ check: 'foreign-writers', kind: 'drift', entity: 'people', key: '77' }),
  ]);
  const fixed = await engine.validate({ type: 'all', runId, entities: [], fix: true });
  expect(fixed.overallStatus).toBe('verified');
});

test('code that got past the sample is found out by validation, and named as the cause', async () => {
  // Steady for as long as nobody has asked it 3,000 times: two tries and the run itself.
  let asked = 0;
  const honest = createChildRunners();
  const runners: CodeRunners = {
    ...honest,
    async open(unit) {
      const runner = await honest.open(unit);
      return {
        ...runner,
        run: async (rows) =>
          (await runner.run(rows)).map((outcome) =>
            outcome.ok && ++asked > 2200
              ? { ok: true, cells: [`${asked}`, ...outcome.cells.slice(1)] }
              : outcome,
          ),
      };
    },
  };
  const { plan, migrate } = await openShop(runners);
  const run = await migrate(split(plan), { entities: ['people'] });
  expect(run.validation!.overallStatus).toBe('differences');
  const check = run.validation!.checks.find(({ type }) => type === 'code-determinism')!;
  expect(check).toMatchObject({ entity: 'people', status: 'fail' });
  expect(check.message).toContain('answers differently for the same row');
  expect(run.validation!.recommendations.join(' ')).toContain('CODE_NOT_DETERMINISTIC');
});

test('a rehearsal shows rows before and after, with what code made of personal values masked', async () => {
  const runners = createChildRunners();
  const { plan, rehearse, made } = await openShop(runners);
  const report = await rehearse(split(plan));
  expect(report.status).toBe('passed');
  const { samples, quarantined } = report.entities.find(({ entity }) => entity === 'people')!;
  expect(quarantined).toBeGreaterThanOrEqual(0);
  for (const { before, after } of samples) {
    expect(before.full_name).toMatch(/^L•••0*, F•••0*$/);
    expect(after.first_name).toMatch(/^F•••0*$/);
    expect(after.last_name).toMatch(/^L•••0*$/);
  }
  expect(samples.length).toBeGreaterThan(0);
  expect((await made()).filter((name) => name !== 'towpath')).toEqual([]);
  expect(runners.living()).toBe(0);
});
