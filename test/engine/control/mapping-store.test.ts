import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { quoteTable } from '../../../engine/db/quote.ts';
import { counters, useControl } from './control-database.ts';

const fixture = useControl();

async function addPair(entityNo: number, legacyId: string, batchId: number): Promise<string> {
  const newId = randomUUID();
  const table = quoteTable(fixture.control.mappings.copyTarget(entityNo));
  await fixture.database.query(`insert into ${table} values ($1, $2, $3, $4)`, [
    entityNo,
    legacyId,
    newId,
    batchId,
  ]);
  return newId;
}

test('an entity gets one number and one partition, however many ask at once', async () => {
  const { mappings } = fixture.control;
  const numbers = await Promise.all(
    Array.from({ length: 6 }, () => mappings.ensureEntity('clinic', 'patients')),
  );
  expect(new Set(numbers).size).toBe(1);
  expect(await mappings.ensureEntity('clinic', 'doctors')).not.toBe(numbers[0]);
  expect(await mappings.ensureEntity('other', 'patients')).not.toBe(numbers[0]);
  expect(await mappings.entityNo('clinic', 'patients')).toBe(numbers[0]);
  expect(await mappings.entityNo('clinic', 'unicorns')).toBeNull();
  expect((await mappings.entities('clinic')).map(({ entity }) => entity)).toEqual(['patients', 'doctors']);
});

test('different entities can be entered at once', async () => {
  const { mappings } = fixture.control;
  const numbers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => mappings.ensureEntity('many', `e${i}`)),
  );
  expect(new Set(numbers).size).toBe(8);
});

test('pairs are seen through the view with the name of their entity', async () => {
  const { mappings, batches } = fixture.control;
  const runId = await fixture.run('view');
  const entityNo = await mappings.ensureEntity('view', 'patients');
  const batchId = await batches.plan({ runId, entity: 'patients', range: { after: null, upTo: null } });
  const newId = await addPair(entityNo, '17', batchId);
  await batches.complete(fixture.database, batchId, counters);
  const rows = await fixture.target.query(
    "select * from towpath.migration_mappings where migration = 'view'",
  );
  expect(rows).toMatchObject([{ entity: 'patients', legacy_id: '17', new_id: newId, batch_id: batchId }]);
  expect(rows[0]!.created_at).toBeInstanceOf(Date);
});

test('finishing builds the unique index, and again does nothing', async () => {
  const { mappings } = fixture.control;
  const entityNo = await mappings.ensureEntity('finish', 'patients');
  await addPair(entityNo, '1', 1);
  await mappings.finish(entityNo);
  await mappings.finish(entityNo);
  await expect(addPair(entityNo, '1', 1)).rejects.toMatchObject({ code: '23505' });
});

test('a row that came twice is found when its entity is finished', async () => {
  const { mappings } = fixture.control;
  const entityNo = await mappings.ensureEntity('twice', 'patients');
  await addPair(entityNo, '1', 1);
  await addPair(entityNo, '1', 2);
  await expect(mappings.finish(entityNo)).rejects.toMatchObject({ code: '23505' });
});

test('pairs are found by key, by batch, and removed by run', async () => {
  const { mappings, batches } = fixture.control;
  const [first, second] = [await fixture.run('runs'), await fixture.run('runs')];
  const entityNo = await mappings.ensureEntity('runs', 'patients');
  const range = { after: null, upTo: null };
  const one = await batches.plan({ runId: first, entity: 'patients', range });
  const two = await batches.plan({ runId: second, entity: 'patients', range });
  const newId = await addPair(entityNo, 'a', one);
  await addPair(entityNo, 'b', two);
  expect(await mappings.find(entityNo, ['a', 'zzz'])).toEqual([{ legacyId: 'a', newId, batchId: one }]);
  expect(await mappings.legacyIdsOfBatch(entityNo, two)).toEqual(['b']);
  await mappings.deleteForRun(fixture.database, { runId: first, entity: 'patients', entityNo });
  expect(await mappings.count(entityNo)).toBe(1);
  expect(await mappings.legacyIdsOfBatch(entityNo, two)).toEqual(['b']);
  await mappings.truncate(fixture.database, entityNo);
  expect(await mappings.count(entityNo)).toBe(0);
});
