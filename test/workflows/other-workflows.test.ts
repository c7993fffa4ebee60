/** The workflows beside the guided one, on a journey without databases. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeJourney, type FakeJourney, type FakeWorld } from './fake-journey.ts';
import { type Bench, openBench, temporaryFolder } from './guide-bench.ts';

let folder: ReturnType<typeof temporaryFolder>;
let fake: FakeJourney;
let bench: Bench;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function open(world: Partial<FakeWorld> = {}): void {
  fake = createFakeJourney(world);
  bench = openBench(fake.journey, folder.path);
}

type Key = keyof Bench['workflows'];
const begin = async (key: Key) => {
  const run = await bench.workflows[key].createRun();
  return { run, result: await run.start({ inputData: { by: 'test' } }) };
};
const look = { resumeData: { answer: 'look', by: null } };

const moved: Partial<FakeWorld> = {
  analysed: true,
  planHash: 'hash-1',
  run: {
    runId: 'run-1',
    state: 'completed',
    alive: false,
    level: 3,
    levels: 3,
    totalRecords: 100,
    written: 99,
    repaired: 0,
    setAside: 1,
    gateClosed: false,
    error: null,
  },
};

test('their ids are what the playground and scripts call', () => {
  open();
  const ids = Object.values(bench.workflows).map(({ id }) => id);
  expect(ids).toEqual(['guided-migration', 'rehearsal', 'rollback', 'differential-sync', 'schema-cleanup']);
});

test('rehearsal: waits for its approval, rehearses, says how it went', async () => {
  open({ analysed: true, planHash: 'hash-1' });
  const { run, result } = await begin('rehearsal');
  expect(result).toMatchObject({ status: 'suspended' });
  await run.resume({ resumeData: { answer: 'rehearse', by: null } });
  expect(await run.resume({ resumeData: { answer: 'approved', by: null } })).toMatchObject({
    status: 'suspended',
  });
  fake.decide('granted');
  const ended = await run.resume(look);
  expect(ended).toMatchObject({ status: 'success', result: { outcome: 'passed', planHash: 'hash-1' } });
  expect(fake.world.run).toBeNull();
});

test('rehearsal: one that did not pass ends as such, a stopped one too', async () => {
  open({ analysed: true, planHash: 'hash-1', rehearsal: 'failed' });
  const stop = { resumeData: { answer: 'stop', by: null } };
  const never = await begin('rehearsal');
  expect(await never.run.resume(stop)).toMatchObject({ status: 'success', result: { outcome: 'stopped' } });
  const { run } = await begin('rehearsal');
  await run.resume({ resumeData: { answer: 'rehearse', by: null } });
  fake.decide('granted');
  expect(await run.resume(look)).toMatchObject({ status: 'suspended' });
  expect(await run.resume(stop)).toMatchObject({ status: 'success', result: { outcome: 'failed' } });
});

test('rollback: the approval shows it, a no leaves everything', async () => {
  open(moved);
  const { run, result } = await begin('rollback');
  expect(result).toMatchObject({ status: 'suspended' });
  fake.decide('declined');
  expect(await run.resume(look)).toMatchObject({ status: 'suspended' });
  expect(await run.resume({ resumeData: { answer: 'stop', by: null } })).toMatchObject({
    status: 'success',
    result: { outcome: 'stopped' },
  });
  expect(fake.world.run?.state).toBe('completed');
});

test('rollback: granted, it is undone once', async () => {
  open(moved);
  const { run } = await begin('rollback');
  fake.decide('granted');
  expect(await run.resume(look)).toMatchObject({ status: 'success', result: { outcome: 'undone' } });
  expect(fake.world.run?.state).toBe('rolled-back');
  expect(fake.world.calls.filter((call) => call === 'rollback!')).toHaveLength(1);
});

test('rollback: a move that is going on has to stand still first', async () => {
  open({ ...moved, run: { ...moved.run!, state: 'copying', alive: true } });
  const { result } = await begin('rollback');
  expect(JSON.stringify(result)).toContain('has to stand still');
  expect(fake.world.approvals).toEqual([]);
});

test.each([
  ['differentialSync', 'Nothing has changed since.'],
  ['schemaCleanup', 'Nothing was looked at'],
] as const)('%s says that it is not built yet, and does nothing', async (key, what) => {
  open(moved);
  const { run, result } = await begin(key);
  expect(result.status).toBe('suspended');
  expect(JSON.stringify(result)).toContain('is not built yet');
  expect(JSON.stringify(result)).toContain(what);
  expect(await run.resume({ resumeData: { answer: 'stop', by: null } })).toMatchObject({
    status: 'success',
    result: { outcome: 'not-built-yet' },
  });
  expect(fake.world.calls).toEqual([]);
});
