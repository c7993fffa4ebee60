/** The log of a whole life of a run, and of whatever wrote or removed something beside it. */
import { expect, test } from 'vitest';
import { openOffice } from './moving-office.ts';

test('a run, a fix, batches moved again, a rollback and a clean-up each leave their entries', async () => {
  const office = await openOffice();
  const { engine, target } = office;
  const run = await office.migrate({ approveAs: 'Ada', maxFailureRate: 1 });
  expect(run.state).toBe('completed');
  const { runId } = run;
  expect(await office.audited()).toEqual([
    'towpath run.planned',
    'Ada approval.granted migrate',
    'Ada approval.used migrate',
    'Ada migration.start',
    'towpath run.approved',
    'towpath run.copying',
    'towpath run.copied',
    'towpath run.validating',
    'towpath run.completed',
  ]);

  const since = async (work: () => Promise<unknown>) => {
    const before = (await office.audited()).length;
    await work();
    return (await office.audited()).slice(before);
  };
  await target.query(`delete from moved.badges where legacy_id = 50`);
  const fixed = () => engine.validate({ type: 'all', runId, entities: [], fix: true });
  expect(await since(fixed)).toEqual(['towpath validation.fixed']);
  expect(await since(() => engine.validate({ type: 'all', runId, entities: [], fix: true }))).toEqual([]);
  expect(await since(() => engine.rollback({ runId, entities: [], preview: true }))).toEqual([]);
  expect(await since(() => engine.rollback({ runId, entities: [], preview: false }))).toEqual([
    'towpath run.rolling-back',
    'towpath run.rolled-back',
    'towpath rollback.done',
  ]);
  expect(await since(() => engine.cleanup({ olderThanDays: 0 }))).toEqual(['towpath cleanup cleanup']);
  const [done] = await engine.auditLog(2).then((entries) => entries.slice(1));
  expect(done!.details).toMatchObject({ runId, forceChanged: false });
  expect(JSON.stringify(await engine.auditLog(100))).not.toMatch(/person \d|team \d|many/);
  expect(await engine.verifyAudit()).toMatchObject({ intact: true, guarded: true });
});

test('batches that are taken out to be moved again', async () => {
  const office = await openOffice();
  const closed = await office.migrate({ approveAs: 'Ada', maxFailureRate: 0.001 });
  expect(closed.state).toBe('failed');
  await office.engine.resume(closed.runId, {
    batchSize: 50,
    maxConcurrency: 1,
    validate: false,
    restartFromBatch: 1,
  });
  const entries = await office.audited();
  expect(entries).toContain('towpath run.batches-taken-out');
  expect(entries.slice(entries.indexOf('towpath run.failed'))).toContain('towpath run.copying');
});
