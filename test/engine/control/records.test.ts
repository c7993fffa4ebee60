/** Artifacts, checkpoints, errors and validation reports: what goes in comes out, and old ones go. */
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { useControl } from './control-database.ts';

const fixture = useControl();
const age = (table: string) =>
  fixture.target.query(`update towpath.${table} set created_at = created_at - interval '40 days'`);

test('an artifact is put once and never changed', async () => {
  const { artifacts } = fixture.control;
  await artifacts.put({ hash: 'a', kind: 'catalog', content: { tables: [1] } });
  await artifacts.put({ hash: 'a', kind: 'catalog', content: { tables: [2] } });
  await artifacts.put({ hash: 'b', kind: 'plan', content: {}, parentHash: 'a' });
  expect(await artifacts.get('a')).toMatchObject({
    kind: 'catalog',
    content: { tables: [1] },
    parentHash: null,
  });
  expect(await artifacts.latest('plan', 'a')).toMatchObject({ hash: 'b' });
  expect(await artifacts.latest('plan', 'z')).toBeNull();
  await expect(artifacts.get('nothing')).rejects.toMatchObject({ code: 'UNKNOWN_ARTIFACT' });
});

test('the plan of a run and the catalog it was made from outlive the cleaning up', async () => {
  const { artifacts, runs } = fixture.control;
  await artifacts.put({ hash: 'old-catalog', kind: 'catalog', content: {} });
  await artifacts.put({ hash: 'old-plan', kind: 'plan', content: {}, parentHash: 'old-catalog' });
  await artifacts.put({ hash: 'unused', kind: 'plan', content: {}, parentHash: 'old-catalog' });
  await runs.create({ runId: 'keeper', migration: 'm', planHash: 'old-plan' });
  await age('artifacts');
  await artifacts.deleteOlderThan(30);
  expect(await artifacts.find('old-plan')).not.toBeNull();
  expect(await artifacts.find('old-catalog')).not.toBeNull();
  expect(await artifacts.find('unused')).toBeNull();
});

test('the last checkpoint of a run stays', async () => {
  const { checkpoints } = fixture.control;
  const runId = await fixture.run();
  await checkpoints.add({ runId, reason: 'every', summary: { rows: 1 } });
  const last = await checkpoints.add({ runId, reason: 'pause', summary: { rows: 2 } });
  await age('migration_checkpoints');
  expect(await checkpoints.deleteOlderThan(30)).toBe(1);
  expect(await checkpoints.list(runId)).toMatchObject([{ checkpointId: last.checkpointId, reason: 'pause' }]);
  expect(await checkpoints.latest(await fixture.run())).toBeNull();
});

test('an error is stored without the row or secret that it quotes', async () => {
  const { errors } = fixture.control;
  const runId = await fixture.run();
  const quoted = await fixture.database
    .query(
      "do $$ begin raise exception using errcode = '23505', message = 'dup Alice', detail = 'Key (name)=(Alice)', table = 'patients'; end $$",
    )
    .catch((error: unknown) => error);
  await errors.add(quoted, { runId, entity: 'patients', batchId: 7, attempt: 2 });
  const explained = new MigrationError({
    code: 'HOST_NOT_FOUND',
    message: 'Not at postgres://alice:s3cret@db/x.',
    hint: 'h',
    details: { password: 's3cret', role: 'source' },
  });
  await errors.add(explained, { runId });
  const [second, first] = await errors.list({ runId });
  expect(first).toMatchObject({
    code: '23505',
    severity: 'minor',
    details: { table: 'patients' },
    batchId: 7,
    attempt: 2,
  });
  expect(second).toMatchObject({ code: 'HOST_NOT_FOUND', details: { role: 'source' } });
  expect(JSON.stringify([first, second])).not.toMatch(/Alice|s3cret/);
  expect(await errors.counts(runId)).toHaveLength(2);
  await age('migration_errors');
  expect(await errors.deleteOlderThan(30)).toBe(2);
});

test('the newest validation of a type is found', async () => {
  const { validations } = fixture.control;
  const runId = await fixture.run();
  await validations.add({ runId, type: 'all', status: 'differences', report: { n: 1 } });
  await validations.add({ runId, type: 'all', status: 'verified', report: { n: 2 } });
  await validations.add({ runId, type: 'integrity', status: 'verified', report: { n: 3 } });
  expect(await validations.latest(runId, 'all')).toMatchObject({ status: 'verified', report: { n: 2 } });
  expect((await validations.list(runId)).map(({ report }) => report)).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }]);
});
