/** An undo that breaks off goes on without asking again only where a person said yes to all of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../../engine/core/config.ts';
import { type OpenedJourney, openJourney } from '../../../engine/journey/open-journey.ts';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import { createTools } from '../../../tools/tools.ts';
import { createFakeGuide } from '../../helpers/fake-journey.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { createMemoryLog } from '../../tools/memory-log.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
const folder = mkdtempSync(join(tmpdir(), 'towpath-undo-'));
// biome-ignore lint/suspicious/noExplicitAny: a tool is called here as Mastra calls it, with contexts of many forms
const asAgent: any = { agent: { agentId: 'migration-execution', toolCallId: 'c', messages: [] } };
let opened: OpenedJourney;

beforeAll(async () => {
  await source.query(`create table goods (id int primary key, name text);
    create table boxes (id int primary key, good_id int not null references goods);
    insert into goods select i, 'good ' || i from generate_series(1, 20) i;
    insert into boxes select i, i from generate_series(1, 20) i; analyze`);
  const env = {
    SOURCE_DATABASE_URL: source.url,
    TARGET_DATABASE_URL: target.url,
    TOWPATH_FAILPOINT: [1, 2, 3, 4].map((hit) => `rollback.entity:${hit}=error`).join(),
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

async function moved(): Promise<string> {
  const plan = parsePlan(readFileSync(join(folder, 'towpath.plan.yaml'), 'utf8'));
  const run = await opened.engine.migrate(plan, {
    ...{ entities: [], withDependencies: false, dryRun: false, batchSize: null, maxConcurrency: 2 },
    ...{ checkpointFrequency: 10, timeoutMinutes: null, maxFailureRate: null, validate: false },
    approveAs: 'Marta',
  });
  return run.runId;
}

const breaksOff = { code: 'FAILPOINT' };

test('a part that was taken out by command is no yes to the rest', async () => {
  const { engine, journey } = opened;
  const runId = await moved();
  const part = engine.rollback({ runId, entities: ['boxes'], preview: false, by: 'Ada' });
  await expect(part).rejects.toMatchObject(breaksOff);
  expect((await engine.status(runId)).state).toBe('rolling-back');
  const { words } = await journey.whereWeAre();
  expect(words).toContain('A part of the move is being taken out of the new system again: boxes.');
  expect(words).toContain('taking out a part, which Ada asked for, broke off');
  expect(words).toContain(`towpath rollback ${runId} --entities boxes --confirm`);

  const { log } = createMemoryLog();
  const { rollbackRun, rollbackChanged } = createTools({ journey, guide: createFakeGuide().guide, log });
  for (const tool of [rollbackChanged, rollbackRun])
    expect(await tool.execute!({}, asAgent)).toMatchObject({ status: 'needs-approval' });
  expect((await engine.status(runId)).undoing).toMatchObject({ entities: ['boxes'] });
  expect(await target.query('select count(*)::int as n from goods')).toEqual([{ n: 20 }]);

  const [card] = (await engine.approvals({ states: ['requested'] })).filter(
    ({ title }) => !title.includes('others'),
  );
  await engine.decideApproval(card!.id, { decision: 'grant', by: 'Marta' });
  await expect(journey.rollback('guide'), 'it breaks off once more').rejects.toMatchObject(breaksOff);
  expect((await engine.status(runId)).undoing).toMatchObject({ entities: [], level: null, by: 'Marta' });
  const changed = await journey.rollback('guide', { forceChanged: true });
  expect(changed, 'more than was asked for').toMatchObject({ status: 'needs-approval' });
  expect(await journey.rollback('guide'), 'and goes on, as was approved').toMatchObject({ status: 'done' });
  expect((await engine.status(runId)).state).toBe('rolled-back');
});

test('an older yes to all of it is none to the rest of a part that was begun since', async () => {
  const { engine, journey } = opened;
  const runId = await moved();
  const level = engine.rollback({ runId, entities: [], level: 2, preview: false });
  await expect(level).rejects.toMatchObject(breaksOff);
  expect(await journey.rollback('guide')).toMatchObject({ status: 'needs-approval' });
  const whole = engine.rollback({ runId, entities: [], preview: false, forceChanged: true, by: 'Ada' });
  await expect(whole, 'all of it, and breaks off').rejects.toMatchObject(breaksOff);
  expect(await journey.rollback('guide', { forceChanged: true })).toMatchObject({ status: 'done' });
  expect((await engine.status(runId)).state).toBe('rolled-back');
});
