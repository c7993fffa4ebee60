/** A run that was about to go on by an edited plan, when the process died: whoever goes on does just that, or asks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usePlannedJourney } from './use-planned-journey.ts';

const program = join(import.meta.dirname, '..', '..', '..', 'cli', 'towpath.js');
const settings = { batchSize: 10, maxConcurrency: 1, validate: true };

const planned = usePlannedJourney(
  `create table goods (id int primary key, name text);
    create table boxes (id int primary key, good_id int not null references goods, label text);
    insert into goods select i, 'good ' || i from generate_series(1, 20) i;
    insert into boxes select i, i, 'box ' || i from generate_series(1, 20) i`,
  {
    // the second batch of boxes; then the first kind that is taken out
    failpoint: 'batch.before-commit:4=error:42804,rollback.entity:1=error:53100',
    command: [process.execPath, program],
  },
);
const { folder, target } = planned;

test('an undo asks, and what goes on goes on by the edited plan', async () => {
  const { engine, journey } = planned.opened;
  const file = join(folder, 'towpath.plan.yaml');
  const run = await engine.migrate(planned.plan(), {
    ...{ ...settings, entities: [], withDependencies: false, dryRun: false },
    ...{ checkpointFrequency: 10, timeoutMinutes: null, maxFailureRate: null, approveAs: 'Marta' },
  });
  expect(run.state).toBe('failed');
  writeFileSync(file, readFileSync(file, 'utf8').replace('to: label', 'to: inscription'));
  const changing = engine.resume(run.runId, { ...settings, plan: planned.plan(), approveAs: 'Marta' });
  await expect(changing).rejects.toMatchObject({ code: '53100' });
  const broken = await engine.status(run.runId);
  expect(broken).toMatchObject({ state: 'rolling-back', undoing: { entities: ['boxes'] } });

  expect(await journey.rollback('guide')).toMatchObject({ status: 'needs-approval' });
  expect(await target.query('select count(*)::int as n from goods')).toEqual([{ n: 20 }]);
  const { words } = await journey.whereWeAre();
  expect(words).toContain('A part of the move is being taken out of the new system again: boxes.');
  expect(words).toContain('can go on with that');

  await journey.resume();
  await journey.untilNextLevel(null, 120_000);
  expect((await engine.status(run.runId)).state).toBe('completed');
  expect(await target.query('select inscription from boxes order by legacy_id limit 1')).toEqual([
    { inscription: 'box 1' },
  ]);
});
