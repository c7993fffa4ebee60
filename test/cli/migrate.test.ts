import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MigrationError } from '../../engine/core/errors.ts';
import { createEventPublisher, type NewEvent } from '../../engine/core/events.ts';
import { writePlan } from '../../engine/plan/write-plan.ts';
import { createFakeEngine, fakeEntity, fakeResult, fakeStatus, fakeValidation } from './fake-engine.ts';
import { errorShape, progressShape, successShape } from './json-shapes.ts';
import { makeFolder, runCli } from './run-cli.ts';
import { smallPlan } from './small-plan.ts';

function folderWithPlan(): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'towpath.plan.yaml'), writePlan(smallPlan()));
  return folder;
}

test('words, groups and --entities all say what to move; flags reach the engine', async () => {
  const { code, fake, requests } = await runCli(
    'migrate core --entities doctors,offices --with-deps --batch-size 500 --max-concurrency 2 --checkpoint-frequency 3 --timeout-minutes 9 --max-failure-rate 2% --no-validate'.split(
      ' ',
    ),
    { folder: folderWithPlan() },
  );
  expect(code).toBe(0);
  expect(fake.asked[0]?.method).toBe('migrate');
  expect(fake.asked[0]?.values[1]).toMatchObject({
    entities: ['core', 'doctors', 'offices'],
    withDependencies: true,
    dryRun: false,
    batchSize: 500,
    maxConcurrency: 2,
    checkpointFrequency: 3,
    timeoutMinutes: 9,
    maxFailureRate: 0.02,
    validate: false,
    approveAs: null,
  });
  expect(requests[0]?.readOnlyTarget).toBe(false);
  expect(fake.closed()).toBe(true);
});

test('settings come from the environment, then from .env; a flag wins', async () => {
  const folder = folderWithPlan();
  writeFileSync(
    join(folder, '.env'),
    'BATCH_SIZE=111\nMAX_CONCURRENCY=3\nCHECKPOINT_FREQUENCY=7\nVALIDATION_LEVEL=none\n',
  );
  const { fake } = await runCli(['migrate', '--max-concurrency', '1'], {
    folder,
    env: { BATCH_SIZE: '222' },
  });
  expect(fake.asked[0]?.values[1]).toMatchObject({
    batchSize: 222,
    maxConcurrency: 1,
    checkpointFrequency: 7,
    validate: false,
  });
});

test('--config names another settings file, which must exist', async () => {
  const folder = folderWithPlan();
  writeFileSync(join(folder, 'other.env'), 'BATCH_SIZE=333\n');
  const { fake } = await runCli(['migrate', '--config', 'other.env'], { folder });
  expect(fake.asked[0]?.values[1]).toMatchObject({ batchSize: 333 });
  const missing = await runCli(['migrate', '--config', 'none.env'], { folder });
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('none.env');
});

test('a dry run opens the target read-only', async () => {
  const fake = createFakeEngine({
    migrate: async () => fakeResult({ dryRun: true, validation: null, state: 'dry-run' }),
  });
  const { code, stdout, requests, folder } = await runCli(['migrate', '--dry-run'], {
    folder: folderWithPlan(),
    fake,
  });
  expect(code).toBe(0);
  expect(requests[0]?.readOnlyTarget).toBe(true);
  expect(stdout).toContain('nothing was written');
  expect(existsSync(join(folder, 'checkpoints'))).toBe(false);
});

test('success as JSON: one document, with every entity in the same shape', async () => {
  const { code, stdout, stderr } = await runCli(['migrate', '--json'], { folder: folderWithPlan() });
  expect(code).toBe(0);
  expect(stderr).toBe('');
  const document = successShape.parse(JSON.parse(stdout));
  expect(document).toMatchObject({
    entity: 'all',
    outcome: 'COMPLETED',
    execution: { duration: 'PT1M2.345S', durationMs: 62345 },
    results: { totalRecords: 20, successful: 18, failed: 2, successRate: 90 },
    validation: { recordCountMatch: true, referentialIntegrity: true, dataQuality: true },
    mappings: { legacyIdsPreserved: 18, uuidsGenerated: 18 },
  });
  const entities = document.entities as unknown[];
  expect(entities).toHaveLength(2);
  for (const entity of entities) successShape.parse(entity);
});

test('what was not validated is null, never true', async () => {
  const fake = createFakeEngine({ migrate: async () => fakeResult({ validation: null }) });
  const { stdout } = await runCli(['migrate', '--json'], { folder: folderWithPlan(), fake });
  expect(JSON.parse(stdout).validation).toEqual({
    recordCountMatch: null,
    referentialIntegrity: null,
    dataQuality: null,
  });
});

test('already migrated', async () => {
  const entities = [fakeEntity({ outcome: 'ALREADY_MIGRATED', state: 'skipped' })];
  const fake = createFakeEngine({ migrate: async () => fakeResult({ entities, validation: null }) });
  const { code, stdout } = await runCli(['migrate'], { folder: folderWithPlan(), fake });
  expect(code).toBe(0);
  expect(stdout).toContain('ALREADY_MIGRATED');
});

const closedGate = (check: string) =>
  fakeResult({
    state: 'failed',
    validation: null,
    gate: {
      status: 'closed',
      level: 2,
      findings: [
        {
          kind: 'count',
          severity: 'major',
          entity: 'patients',
          check,
          message: 'patients: 3 of 170 rows were set aside.',
        },
      ],
    },
    error: { code: 'GATE_CLOSED', message: 'The gate behind level 2 is closed.', hint: 'Look at the rows.' },
  });

test.each([
  ['failure-rate', 5],
  ['record-count', 3],
  ['success-rate', 3],
])('a gate closed by %s ends with %i, a checkpoint file and an error document', async (check, expected) => {
  const fake = createFakeEngine({ migrate: async () => closedGate(check) });
  const { code, stdout, stderr, folder } = await runCli(['migrate', '--json'], {
    folder: folderWithPlan(),
    fake,
  });
  expect(code).toBe(expected);
  expect(errorShape.parse(JSON.parse(stdout)).error).toMatchObject({
    code: 'GATE_CLOSED',
    details: { level: 2 },
  });
  expect(stderr).toMatch(/^Error: .*\nNext: .*\nMore: docs\/recovery\.md#[a-z_]+\n$/);
  const saved = JSON.parse(readFileSync(join(folder, 'checkpoints', 'r1.json'), 'utf8'));
  expect(saved).toMatchObject({ runId: 'r1', state: 'failed', resume: 'towpath resume r1' });
});

test('differences end with 3, and so does what could not be compared', async () => {
  for (const overallStatus of ['differences', 'incomplete'] as const) {
    const fake = createFakeEngine({
      migrate: async () => fakeResult({ validation: fakeValidation({ overallStatus }) }),
    });
    const { code, stderr } = await runCli(['migrate'], { folder: folderWithPlan(), fake });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Error: .*\nNext: /);
  }
});

function refusal(details: Record<string, unknown>): MigrationError {
  return new MigrationError({
    code: 'APPROVAL_REQUIRED',
    message: 'Nobody has approved this plan.',
    hint: 'Approve it.',
    details,
  });
}

test('without an approval: 4, with the hash and the command that approves', async () => {
  const fake = createFakeEngine({ migrate: async () => Promise.reject(refusal({ planHash: 'beef' })) });
  const { code, stderr } = await runCli(['migrate'], { folder: folderWithPlan(), fake });
  expect(code).toBe(4);
  expect(stderr).toContain('beef');
  expect(stderr).toContain('towpath approve');
});

test('a plan edited after its approval: both hashes are named', async () => {
  const folder = folderWithPlan();
  await runCli(['approve', '--yes'], { folder });
  const fake = createFakeEngine({ migrate: async () => Promise.reject(refusal({ planHash: 'beef' })) });
  const { code, stderr } = await runCli(['migrate'], { folder, fake });
  expect(code).toBe(4);
  expect(stderr).toContain('has changed since it was approved');
  expect(stderr).toContain('beef');
  expect(stderr).toContain('f00d'.repeat(16));
});

test('--yes approves in the name of --as, else of the user', async () => {
  const named = await runCli(['migrate', '--yes', '--as', 'Marta'], { folder: folderWithPlan() });
  expect(named.fake.asked[0]?.values[1]).toMatchObject({ approveAs: 'Marta' });
  const unnamed = await runCli(['migrate', '--yes'], { folder: folderWithPlan() });
  expect(unnamed.fake.asked[0]?.values[1]).toMatchObject({ approveAs: 'tester' });
});

test('--resume continues the newest unfinished run, --resume-from the named one', async () => {
  const runs = [
    fakeStatus({ runId: 'done' }),
    fakeStatus({ runId: 'open', state: 'paused' }),
    fakeStatus({ runId: 'older', state: 'failed' }),
  ];
  const newest = await runCli(['migrate', '--resume'], {
    fake: createFakeEngine({ runs: async () => runs }),
  });
  const resumed = ({ fake }: typeof newest) => fake.asked.filter(({ method }) => method === 'resume');
  expect(resumed(newest)).toMatchObject([{ values: ['open', {}] }]);
  const named = await runCli(['migrate', '--resume-from', 'older']);
  expect(resumed(named)).toMatchObject([{ values: ['older', {}] }]);
});

const started: NewEvent = {
  type: 'migration.started',
  runId: 'r9',
  migration: 'legacy',
  entities: ['offices'],
  rowsTotal: 1000,
  resumed: false,
  dryRun: false,
};
const begun: NewEvent = { type: 'entity.started', runId: 'r9', entity: 'offices', level: 1, rowsTotal: 1000 };
const batch = (rows: number): NewEvent => ({
  type: 'batch.completed',
  runId: 'r9',
  entity: 'offices',
  batchId: 1,
  rowsRead: rows,
  rowsWritten: rows,
  rowsQuarantined: 0,
  rowsRepaired: 0,
  rowsDone: rows,
  rowsTotal: 1000,
  bytesRead: 1,
  bytesWritten: 1,
  milliseconds: 10,
  nextBatchSize: 500,
});
const ended: NewEvent = {
  type: 'entity.completed',
  runId: 'r9',
  entity: 'offices',
  rowsRead: 1000,
  rowsWritten: 999,
  rowsQuarantined: 1,
  rowsRepaired: 0,
  milliseconds: 1200,
};

function engineThat(
  tells: readonly NewEvent[],
  then: () => Promise<ReturnType<typeof fakeResult>> = async () => fakeResult(),
) {
  const events = createEventPublisher();
  return createFakeEngine({
    events,
    migrate: async () => {
      for (const event of tells) events.publish(event);
      return then();
    },
  });
}

test('plain progress: a line for the run and one for each entity that is done', async () => {
  const { stdout } = await runCli(['migrate'], {
    folder: folderWithPlan(),
    fake: engineThat([started, begun, batch(400), batch(600), ended]),
  });
  expect(stdout).toContain('1,000 rows in 1 entity, run r9.');
  expect(stdout).toContain('offices: 999 of 1,000 rows moved, 1 set aside, 1.2 s (1 of 1)');
  expect(stdout).not.toContain('\u001b');
});

test('with --json --verbose: progress documents, one a line, then the result', async () => {
  const { stdout } = await runCli(['migrate', '--json', '--verbose'], {
    folder: folderWithPlan(),
    fake: engineThat([started, begun, batch(400)]),
  });
  const [first, ...rest] = stdout.split('\n');
  expect(progressShape.parse(JSON.parse(first!)).progress).toMatchObject({
    recordsProcessed: 400,
    recordsRemaining: 600,
    percentComplete: 40,
  });
  successShape.parse(JSON.parse(rest.join('\n')));
});

test('bars on a terminal', async () => {
  const { code, stdout } = await runCli(['migrate'], {
    folder: folderWithPlan(),
    typed: '',
    fake: engineThat([started, begun, batch(400), ended]),
  });
  expect(code).toBe(0);
  expect(stdout).toContain('offices: 999 of 1,000 rows moved');
  expect(stdout).toContain('\u001b');
});

test('Ctrl-C once: the run pauses, the resume command is told, 130', async () => {
  let interrupt = () => {};
  const fake = createFakeEngine({
    migrate: async (_, { signal }) => {
      interrupt();
      expect(signal?.aborted).toBe(true);
      return fakeResult({ state: 'paused', validation: null });
    },
  });
  const { code, stdout, stderr, folder, exits } = await runCli(['migrate'], {
    folder: folderWithPlan(),
    fake,
    onReady: (stop) => {
      interrupt = stop;
    },
  });
  expect(code).toBe(130);
  expect(exits).toEqual([]);
  expect(stdout + stderr).toContain('the batches in hand finish, then the run pauses');
  expect(stderr).toContain('Continue with: towpath resume r1');
  expect(existsSync(join(folder, 'checkpoints', 'r1.json'))).toBe(true);
});

test('Ctrl-C twice: ends at once, still with the resume command', async () => {
  let interrupt = () => {};
  const fake = engineThat([started], async () => {
    interrupt();
    interrupt();
    return fakeResult({ state: 'paused', validation: null });
  });
  const { stdout, stderr, exits } = await runCli(['migrate'], {
    folder: folderWithPlan(),
    fake,
    onReady: (stop) => {
      interrupt = stop;
    },
  });
  expect(exits).toEqual([130]);
  expect(stdout + stderr).toContain('Continue with: towpath resume r9');
});

test('no plan, a broken plan: 2, with the line', async () => {
  const none = await runCli(['migrate']);
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('towpath plan');
  const folder = makeFolder();
  writeFileSync(join(folder, 'towpath.plan.yaml'), 'version: 1\nmigration: 7\n');
  const broken = await runCli(['migrate'], { folder });
  expect(broken.code).toBe(2);
  expect(broken.stderr).toMatch(/towpath\.plan\.yaml:\d+: /);
});

test('more rows than were approved: 4, with what is in the target and how to go on', async () => {
  const error = {
    code: 'APPROVAL_EXCEEDED',
    message: 'With level 2 the run would bring 300 rows; 225 were approved.',
    hint: 'Approve the larger number with towpath approve, and go on with: towpath resume r1.',
  };
  const fake = createFakeEngine({
    migrate: async () => fakeResult({ state: 'paused', error, validation: null }),
  });
  const { code, stdout } = await runCli(['migrate', '--json'], { folder: folderWithPlan(), fake });
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'paused', error: { code: 'APPROVAL_EXCEEDED' } });
});

test('a request that waits is named, so that nobody approves beside it', async () => {
  const fake = createFakeEngine({
    migrate: async () => {
      throw new MigrationError({
        code: 'APPROVAL_REQUIRED',
        message: 'Nobody has decided yet.',
        hint: 'A person decides it.',
        details: { planHash: 'f00d', approvalId: 'a-1' },
      });
    },
  });
  const { code, stderr } = await runCli(['migrate'], { folder: folderWithPlan(), fake });
  expect(code).toBe(4);
  expect(stderr).toContain('approve --request a-1');
});

test('of a failed kind of records machines get the fields of an error, its own or else the run’s', async () => {
  const own = { code: 'TABLE_MISSING', message: 'The table is gone.', hint: 'Make it again.' };
  const entities = [
    fakeEntity({ entity: 'offices', state: 'failed', outcome: 'FAILED', error: own }),
    fakeEntity({ entity: 'doctors', state: 'failed', outcome: 'FAILED', error: null }),
  ];
  const error = { code: 'ENTITIES_FAILED', message: 'Two could not be moved.', hint: 'Resume.' };
  const fake = createFakeEngine({ migrate: async () => fakeResult({ state: 'failed', entities, error }) });
  const { code, stdout } = await runCli(['migrate', '--yes', '--json'], { folder: folderWithPlan(), fake });
  expect(code).toBe(1);
  const told = JSON.parse(stdout);
  const [offices, doctors] = told.entities.map((entity: unknown) => errorShape.parse(entity));
  expect(offices.error).toMatchObject({ code: 'TABLE_MISSING', details: { currentState: 'failed' } });
  expect(offices.recovery).toEqual({ suggestion: 'Make it again.', rollbackRequired: false });
  expect(doctors.error.code).toBe('ENTITIES_FAILED');
});
