/** A run that was about to go on by an edited plan, when the process died: whoever goes on does just that, or asks. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../../engine/core/config.ts';
import { type OpenedJourney, openJourney } from '../../../engine/journey/open-journey.ts';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
const folder = mkdtempSync(join(tmpdir(), 'towpath-change-over-'));
const program = join(import.meta.dirname, '..', '..', '..', 'cli', 'towpath.js');
const settings = { batchSize: 10, maxConcurrency: 1, validate: true };
let opened: OpenedJourney;

beforeAll(async () => {
  await source.query(`create table goods (id int primary key, name text);
    create table boxes (id int primary key, good_id int not null references goods, label text);
    insert into goods select i, 'good ' || i from generate_series(1, 20) i;
    insert into boxes select i, i, 'box ' || i from generate_series(1, 20) i; analyze`);
  const env = { ...process.env, SOURCE_DATABASE_URL: source.url, TARGET_DATABASE_URL: target.url };
  opened = await openJourney({
    config: loadConfig({
      ...env,
      // the second batch of boxes; then the first kind that is taken out
      TOWPATH_FAILPOINT: 'batch.before-commit:4=error:42804,rollback.entity:1=error:53100',
    }),
    place: { folder },
    logFolder: join(folder, 'logs'),
    launcher: { command: [process.execPath, program], cwd: folder, env },
  });
  await opened.journey.analyse();
  await opened.journey.createPlan();
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an undo asks, and what goes on goes on by the edited plan', async () => {
  const { engine, journey } = opened;
  const file = join(folder, 'towpath.plan.yaml');
  const plan = parsePlan(readFileSync(file, 'utf8'));
  const run = await engine.migrate(plan, {
    ...{ ...settings, entities: [], withDependencies: false, dryRun: false },
    ...{ checkpointFrequency: 10, timeoutMinutes: null, maxFailureRate: null, approveAs: 'Marta' },
  });
  expect(run.state).toBe('failed');
  writeFileSync(file, readFileSync(file, 'utf8').replace('to: label', 'to: inscription'));
  const edited = parsePlan(readFileSync(file, 'utf8'));
  const changing = engine.resume(run.runId, { ...settings, plan: edited, approveAs: 'Marta' });
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
