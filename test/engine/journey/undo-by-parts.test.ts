/** An undo that breaks off goes on without asking again only where a person said yes to all of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../../engine/core/config.ts';
import { type OpenedJourney, openJourney } from '../../../engine/journey/open-journey.ts';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
const folder = mkdtempSync(join(tmpdir(), 'towpath-undo-'));
let opened: OpenedJourney;

beforeAll(async () => {
  await source.query(`create table goods (id int primary key, name text);
    create table boxes (id int primary key, good_id int not null references goods);
    insert into goods select i, 'good ' || i from generate_series(1, 20) i;
    insert into boxes select i, i from generate_series(1, 20) i; analyze`);
  const env = {
    SOURCE_DATABASE_URL: source.url,
    TARGET_DATABASE_URL: target.url,
    TOWPATH_FAILPOINT: 'rollback.entity:1=error,rollback.entity:2=error',
  };
  opened = await openJourney({
    config: loadConfig(env),
    place: { folder },
    logFolder: join(folder, 'logs'),
    launcher: { command: [process.execPath], cwd: folder, env },
  });
  await opened.journey.analyse();
  await opened.journey.createPlan();
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a part that was taken out by command is no yes to the rest', async () => {
  const { engine, journey } = opened;
  const plan = parsePlan(readFileSync(join(folder, 'towpath.plan.yaml'), 'utf8'));
  const run = await engine.migrate(plan, {
    ...{ entities: [], withDependencies: false, dryRun: false, batchSize: null, maxConcurrency: 2 },
    ...{ checkpointFrequency: 10, timeoutMinutes: null, maxFailureRate: null, validate: false },
    approveAs: 'Marta',
  });
  const part = engine.rollback({ runId: run.runId, entities: ['boxes'], preview: false });
  await expect(part).rejects.toMatchObject({ code: 'FAILPOINT' });
  expect((await engine.status(run.runId)).state).toBe('rolling-back');

  expect(await journey.rollback('guide')).toMatchObject({ status: 'needs-approval' });
  const [card] = await engine.approvals({ states: ['requested'] });
  await engine.decideApproval(card!.id, { decision: 'grant', by: 'Marta' });
  await expect(journey.rollback('guide'), 'it breaks off once more').rejects.toMatchObject({
    code: 'FAILPOINT',
  });
  expect(await journey.rollback('guide'), 'and goes on, as was approved').toMatchObject({ status: 'done' });
  expect((await engine.status(run.runId)).state).toBe('rolled-back');
});
