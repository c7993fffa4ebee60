import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { quoteTable } from '../../../engine/db/quote.ts';
import { counters, useControl } from './control-database.ts';

const fixture = useControl();
const error = {
  code: 'X',
  message: 'It broke.',
  hint: 'Mend it.',
  retryable: false,
  severity: 'critical',
  details: {},
} as const;

test('an entity is registered, started, finished and completed', async () => {
  const { entities, mappings } = fixture.control;
  const runId = await fixture.run();
  await entities.register(runId, [
    { entity: 'visits', level: 1 },
    { entity: 'patients', level: 0 },
  ]);
  expect((await entities.list(runId)).map(({ entity, state }) => [entity, state])).toEqual([
    ['patients', 'pending'],
    ['visits', 'pending'],
  ]);
  await entities.start({ runId, entity: 'patients', expectedRows: 10, excludedRows: 3 });
  expect(await entities.finishing({ runId, entity: 'patients' })).toMatchObject({
    state: 'finishing',
    finishedAt: null,
  });
  await entities.complete({
    runId,
    entity: 'patients',
    entityNo: await mappings.ensureEntity('clinic', 'patients'),
  });
  expect(await entities.counts(runId, 'patients')).toMatchObject({
    state: 'completed',
    expectedRows: 10,
    rowsExcluded: 3,
  });
});

test('completion counts what is there, not what batches said', async () => {
  const { entities, mappings, batches, quarantine, repairs } = fixture.control;
  const runId = await fixture.run('count');
  const entity = 'patients';
  const entityNo = await mappings.ensureEntity('count', entity);
  await entities.start({ runId, entity, expectedRows: 10 });
  const batchId = await batches.plan({ runId, entity, range: { after: null, upTo: null } });
  const pairs = quoteTable(mappings.copyTarget(entityNo));
  await fixture.database.transaction(async (session) => {
    for (const key of ['1', '2', '3', '4', '5', '6', '7']) {
      await session.query(`insert into ${pairs} values ($1, $2, $3, $4)`, [
        entityNo,
        key,
        randomUUID(),
        batchId,
      ]);
    }
    await session.query(`insert into ${pairs} values ($1, 'of another run', $2, 2147483647)`, [
      entityNo,
      randomUUID(),
    ]);
    const row = {
      runId,
      entity,
      batchId,
      reason: 'orphan',
      sqlstate: null,
      column: null,
      message: 'm',
      sourceRow: {},
    };
    await quarantine.add(
      session,
      ['8', '9', '10'].map((legacyId) => ({ ...row, legacyId })),
    );
    const repair = { runId, entity, batchId, legacyId: '1', rule: 'trim', original: ' x' };
    await repairs.add(session, [
      { ...repair, column: 'name' },
      { ...repair, column: 'email' },
    ]);
    await batches.complete(session, batchId, counters);
  });
  expect(await entities.complete({ runId, entity, entityNo })).toMatchObject({
    rowsRead: 10,
    rowsWritten: 7,
    rowsQuarantined: 3,
    rowsRepaired: 1,
  });
  expect(await entities.counts(runId, entity)).toMatchObject({ batchesDone: 1 });
});

test('a failure is kept, and a new start clears it', async () => {
  const { entities } = fixture.control;
  const runId = await fixture.run();
  await entities.start({ runId, entity: 'patients', expectedRows: 1 });
  expect((await entities.fail({ runId, entity: 'patients', error })).error).toEqual(error);
  await entities.start({ runId, entity: 'patients', expectedRows: 1 });
  expect(await entities.counts(runId, 'patients')).toMatchObject({
    state: 'copying',
    error: null,
    finishedAt: null,
  });
});

test('what cannot follow is refused', async () => {
  const { entities } = fixture.control;
  const runId = await fixture.run();
  await entities.register(runId, [{ entity: 'patients', level: 0 }]);
  await expect(entities.finishing({ runId, entity: 'patients' })).rejects.toMatchObject({
    code: 'ILLEGAL_ENTITY_STATE',
  });
  await entities.skip({ runId, entity: 'patients' });
  const completing = entities.complete({ runId, entity: 'patients', entityNo: 1 });
  await expect(completing).rejects.toMatchObject({ code: 'ILLEGAL_ENTITY_STATE' });
  await expect(entities.fail({ runId, entity: 'nobody', error })).rejects.toMatchObject({
    code: 'UNKNOWN_ENTITY',
  });
});

test('registering again changes no state', async () => {
  const { entities } = fixture.control;
  const runId = await fixture.run();
  await entities.start({ runId, entity: 'patients', expectedRows: 5 });
  await entities.register(runId, [{ entity: 'patients', level: 4 }]);
  expect(await entities.counts(runId, 'patients')).toMatchObject({
    state: 'copying',
    level: 4,
    expectedRows: 5,
  });
});

test('a rolled back entity says so', async () => {
  const { entities } = fixture.control;
  const runId = await fixture.run();
  await entities.start({ runId, entity: 'patients', expectedRows: 5 });
  expect(await entities.rolledBack({ runId, entity: 'patients' })).toMatchObject({ state: 'rolled-back' });
});
