/**
 * A run that is broken off anywhere, as often as one likes, and taken up again is the run that nobody disturbed: the same
 * rows, pairs, quarantine, repairs, counts and objects. Once it is complete, resuming it changes nothing at all.
 */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../engine/contract/contract.ts';
import type { ResumeOptions } from '../../../engine/contract/run.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { takeRecommended } from '../../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import { createTestDatabase, type TestDatabase, useTestDatabase } from '../../helpers/test-database.ts';
import { fixNamespace } from '../../scenarios/fixed-namespace.ts';
import { readContent, type TargetContent } from '../../scenarios/target-content.ts';

const source = useTestDatabase();
let plan: PlanFile;
let whole: TargetContent;

/** Teams, people in them with a boss among themselves, badges: some with points that are no number, some of nobody. */
beforeAll(async () => {
  await source.query(`
    create table teams (id int primary key, name text not null unique);
    create table people (id int primary key, team_id int not null references teams, boss int references people, email text);
    create table badges (id int primary key, person_id int not null, points text not null);
    insert into teams select i, 'team ' || i from generate_series(1, 5) i;
    insert into people select i, 1 + i % 5, nullif(i * 7 % 31, 0), case i % 9 when 0 then ' P' || i || '@X.org ' else 'p' || i || '@x.org' end
      from generate_series(1, 30) i;
    insert into badges select i, 1 + i % 33, case i % 11 when 0 then 'many' else i::text end from generate_series(1, 45) i;
    alter table badges add foreign key (person_id) references people not valid;
    analyze;`);
  await withTarget(async (target) => {
    await onEngine(target, nothing, async (engine) => {
      plan = numbered(
        takeRecommended(
          engine.createPlan(await engine.analyze({ schemas: ['public'] }), {
            migration: 'office',
            targetSchema: 'public',
            today: '2026-11-12',
          }),
        ),
      );
      await begin(engine, target, { batchSize: 50, maxConcurrency: 1, validate: true });
      whole = await readContent(target.query, plan);
    });
  });
});

/** Points become whole numbers, so that the words among them are set aside. */
function numbered(made: PlanFile): PlanFile {
  return {
    ...made,
    entities: made.entities.map((entity) => ({
      ...entity,
      columns: entity.columns.map((column) =>
        entity.name === 'badges' && column.to === 'points'
          ? { ...column, type: 'integer', transform: { kind: 'cast' } as const }
          : column,
      ),
    })),
  };
}

/** Named places, and how often an office this small passes each at least. */
const PLACES: readonly (readonly [string, number])[] = [
  ...['run.created', 'run.entered', 'run.approval-used', 'run.approved'].map((name) => [name, 1] as const),
  ...['batch.begun', 'batch.rows-copied', 'batch.before-commit', 'batch.after-commit'].map(
    (name) => [name, 6] as const,
  ),
  ...['table.created', 'key.indexed', 'entity.indexed', 'level.settled', 'level.passed'].map(
    (name) => [name, 3] as const,
  ),
  ...['index.built', 'foreign-key.added'].map((name) => [name, 1] as const),
  ...['run.loaded', 'run.copied', 'run.validating', 'run.completing'].map((name) => [name, 1] as const),
  ['restart.batch', 2],
];

const attempt = fc.record({
  place: fc
    .constantFrom(...PLACES)
    .chain(([name, most]) => fc.tuple(fc.constant(name), fc.integer({ min: 1, max: most }))),
  /** An error of that code · the server gone, and nobody there to write down that the run failed · a person's pause. */
  how: fc.constantFrom('53100', '42703', '40001', '08006', 'gone', 'gone', 'pause'),
  batchSize: fc.integer({ min: 3, max: 20 }),
  maxConcurrency: fc.integer({ min: 1, max: 3 }),
  validate: fc.boolean(),
  /** From which of the batches so far, as a share of them, everything is repeated; mostly none. */
  restart: fc.option(
    fc.integer({ min: 0, max: 99 }).map((percent) => percent / 100),
    { freq: 2 },
  ),
});
/** Where batches are taken out is passed only by who repeats some. */
const repeating = attempt.map((one) =>
  one.place[0] === 'restart.batch' ? { ...one, restart: one.restart ?? 0.3 } : one,
);
type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never;

const at = (place: string, hit: number, how: Attempt['how'], restart: number | null = null): Attempt => {
  return { place: [place, hit], how, restart, batchSize: 7, maxConcurrency: 2, validate: true };
};
/** What is passed between two commits, which few draws would meet. */
const ALWAYS: [Attempt[]][] = [
  [
    [
      at('batch.rows-copied', 4, 'gone'),
      at('batch.before-commit', 2, '53100'),
      at('batch.after-commit', 2, 'gone'),
    ],
  ],
  [
    [
      at('batch.rows-copied', 6, '53100'),
      at('entity.indexed', 1, 'gone'),
      at('restart.batch', 2, 'gone', 0.3),
    ],
  ],
  [[at('run.entered', 1, 'gone'), at('key.indexed', 2, 'gone'), at('batch.before-commit', 3, 'gone', 0.6)]],
];
type Step = (engine: Engine, name: string) => Promise<void>;

const nothing: Step = async () => {};
const RUNS = 10;
let strokes = 0;

test('resume is idempotent, wherever the run was broken off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(repeating, { minLength: 1, maxLength: 4 }), async ([first, ...others]) => {
      await withTarget(async (target) => {
        await tryOnce(target, first!, (engine) => begin(engine, target, settingsOf(first!)));
        for (const one of others) await tryOnce(target, one, (engine) => carryOn(engine, target, one));
        await onEngine(target, nothing, async (engine) => {
          const last = { ...settingsOf(first!), restart: null, validate: true };
          if ((await engine.status()).state !== 'completed') await carryOn(engine, target, last);
          expect((await engine.status()).state).toBe('completed');
          expect(await readContent(target.query, plan)).toEqual(whole);
          const before = await everything(target);
          for (const again of [1, 2]) {
            const over = goOn(engine, target, { ...last, batchSize: 2 + again });
            await expect(over).rejects.toMatchObject({ code: 'RUN_IS_OVER' });
          }
          expect(await everything(target)).toEqual(before);
          expect(await readContent(target.query, plan)).toEqual(whole);
        });
      });
    }),
    { numRuns: RUNS, examples: ALWAYS, endOnFailure: true },
  );
  expect(strokes, 'a test of interruptions in which hardly any came about').toBeGreaterThan(RUNS);
}, 240_000);

test('what is compared holds what a resume could spoil', () => {
  expect(whole.quarantined.some((line) => line.startsWith('badges'))).toBe(true);
  expect(whole.objects.some((line) => line.includes('FOREIGN KEY'))).toBe(true);
  expect(Object.keys(whole.pairs)).toEqual(['badges', 'people', 'teams']);
});

function settingsOf({ batchSize, maxConcurrency, validate }: Going) {
  return { batchSize, maxConcurrency, validate };
}

async function begin(engine: Engine, target: TestDatabase, settings: ReturnType<typeof settingsOf>) {
  await fixNamespace(target, plan.migration);
  await engine.approve(plan, { approver: 'Marta' });
  await engine.migrate(plan, {
    ...settings,
    entities: [],
    withDependencies: false,
    dryRun: false,
    checkpointFrequency: 3,
    timeoutMinutes: null,
    maxFailureRate: 1,
    approveAs: null,
  });
}

type Going = Pick<Attempt, 'restart' | 'batchSize' | 'maxConcurrency' | 'validate'>;

/** A run that could not begin was given up before it made anything: another takes its place. */
async function carryOn(engine: Engine, target: TestDatabase, one: Going): Promise<void> {
  const { state } = await engine.status();
  await (state === 'cancelled' ? begin(engine, target, settingsOf(one)) : goOn(engine, target, one));
}

async function goOn(engine: Engine, target: TestDatabase, one: Going): Promise<void> {
  const { batchSize, maxConcurrency, validate } = one;
  const options: ResumeOptions = { batchSize, maxConcurrency, validate };
  const batches = await target.query<{ id: number }>(
    'select batch_id as id from towpath.batch_processing_status order by 1',
  );
  const from = one.restart === null ? undefined : batches[Math.floor(one.restart * batches.length)]?.id;
  await engine.resume(
    (await engine.status()).runId,
    from === undefined ? options : { ...options, restartFromBatch: from },
  );
}

/** A process of its own: it breaks off where it is told to, or comes to its end. */
async function tryOnce(
  target: TestDatabase,
  { place: [place, hit], how }: Attempt,
  work: (engine: Engine) => Promise<unknown>,
): Promise<void> {
  let count = 0;
  let struck = false;
  const step: Step = async (engine, name) => {
    if (name !== place || ++count !== hit) return;
    struck = true;
    strokes++;
    if (how === 'pause') return engine.requestPause((await engine.status()).runId);
    if (how === 'gone') await shut(target);
    throw Object.assign(new Error(`broken off at ${place}`), { code: how === 'gone' ? '57P01' : how });
  };
  await onEngine(target, step, async (engine) => {
    const over = (error: { code?: string }) => {
      if (!struck && error.code !== 'RUN_IS_OVER') throw error;
    };
    await work(engine).catch(over);
  });
  await source.query(`alter database ${target.name} allow_connections true`);
}

/** As if the power went: no connection is left and none comes back. */
async function shut(target: TestDatabase): Promise<void> {
  await source.query(`alter database ${target.name} allow_connections false`);
  await target.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
    [target.name],
  );
}

async function withTarget(work: (target: TestDatabase) => Promise<void>): Promise<void> {
  const target = await createTestDatabase('empty');
  await work(target).finally(() => target.drop());
}

async function onEngine(target: TestDatabase, step: Step, work: (engine: Engine) => Promise<void>) {
  const log = createSilentLog();
  const databases = [
    createDatabase(source.connection, 'source', { log }),
    createDatabase(target.connection, 'target', { log }),
  ] as const;
  const clock = createClock();
  const engine: Engine = createEngine({
    config: { maxRetryAttempts: 0 },
    source: databases[0],
    target: databases[1],
    log,
    // waits are what the table says; here nobody has that long
    clock: { ...clock, sleep: (milliseconds, signal) => clock.sleep(Math.min(milliseconds, 20), signal) },
    failpoints: { hit: (name) => step(engine, name) },
  });
  try {
    await work(engine);
  } finally {
    await Promise.all(databases.map((database) => database.end()));
  }
}

/** Every table of the control schema, whole. */
async function everything(target: TestDatabase): Promise<Record<string, string>> {
  const tables = await target.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'towpath'::regnamespace`,
  );
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await target.query<{ text: string }>(
      `select coalesce(string_agg(t::text, e'\n' order by t::text), '') as text from ${name} t`,
    );
    contents[name] = row!.text;
  }
  return contents;
}
