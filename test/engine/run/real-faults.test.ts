/** What a real server does to a run: connections that end in the middle of a COPY, timeouts, locks, deadlocks, closed pools. */
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { TestDatabase } from '../../helpers/test-database.ts';
import { type Branches, openBranches, SIZES } from './two-branches.ts';

/** Enough bytes that a COPY of them takes its time. */
const MANY = `insert into people select i, 1 + i % 4, 'person ' || i, repeat(md5(i::text), 60) from generate_series(1000, 20000) i`;
const PEOPLE = SIZES.people + 19_001;

async function withManyPeople(settings = {}): Promise<Branches> {
  const office = await openBranches(settings);
  await office.source.query(MANY);
  return office;
}

async function connect({ url }: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  return client;
}

/** Waits in the server itself until a COPY of people runs there, and ends it; tells how many it ended. */
async function duringCopy(
  database: TestDatabase,
  end: 'pg_terminate_backend' | 'pg_cancel_backend',
): Promise<number> {
  const client = await connect(database);
  await client.query(`create temp table ended (n int);
    do $$ declare found int; begin
      for tries in 1..20000 loop
        select count(${end}(pid)) into found from pg_stat_activity
          where datname = current_database() and state = 'active' and query ~ '^copy' and query ~ 'people'
            and query !~ 'mapping' and pid <> pg_backend_pid() and clock_timestamp() - query_start > interval '2 ms';
        if found > 0 then insert into ended values (found); return; end if;
        perform pg_sleep(0.0005), pg_stat_clear_snapshot();
      end loop; end $$`);
  const { rows } = await client.query<{ n: number }>('select coalesce(sum(n), 0)::int as n from ended');
  return rows[0]!.n;
}

const WHOLE = { batchSize: 20_000 } as const;

function allIn(office: Branches) {
  return expect(office.rows()).resolves.toEqual({ ...SIZES, people: PEOPLE });
}

test.for([
  ['the source', ['source']],
  ['the target', ['target']],
  ['both', ['source', 'target']],
] as const)(
  'the connection to %s ends in the middle of a COPY: new ones, and nothing is lost or doubled',
  async ([, sides]) => {
    const office = await withManyPeople();
    const ended = Promise.all(sides.map((side) => duringCopy(office[side], 'pg_terminate_backend')));
    const run = await office.migrate(WHOLE);
    expect(await ended).toEqual(sides.map(() => 1));
    expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
    await allIn(office);
    const told = office.of('recovery.succeeded');
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toMatchObject({
      entity: 'people',
      kind: 'connection-lost',
      strategy: 'reconnect',
      step: 'batch',
    });
  },
);

test('a statement timeout: smaller batches on new connections', async () => {
  const office = await withManyPeople();
  const ended = duringCopy(office.target, 'pg_cancel_backend');
  expect(await office.migrate({ batchSize: null })).toMatchObject({ state: 'completed' });
  expect(await ended).toBe(1);
  await allIn(office);
  expect(office.of('recovery.succeeded')).toMatchObject([{ kind: 'timeout', strategy: 'smaller-batch' }]);
});

test('a deadlock with another program: the batch comes again on the same connections', async () => {
  const office = await openBranches();
  const other = await connect(office.target);
  let lanes = 0;
  office.at('batch.rows-copied', 4, async () => {
    lanes = await sessions(office);
    await other.query(
      `set deadlock_timeout = '60s'; begin; lock table towpath.batch_processing_status in exclusive mode`,
    );
    void other.query('lock table moved.people, moved.desks in access exclusive mode').then(
      () => other.query('rollback'),
      () => undefined,
    );
  });
  expect(await office.migrate()).toMatchObject({ state: 'completed' });
  await expect(office.rows()).resolves.toEqual(SIZES);
  expect(office.of('recovery.succeeded')).toMatchObject([
    { kind: 'deadlock', strategy: 'retry', attempts: 2 },
  ]);
  expect(lanes).toBe(1);
});

async function sessions({ target }: Branches): Promise<number> {
  const [row] = await target.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where application_name = 'towpath/batch' and datname = current_database()`,
  );
  return row!.n;
}

test('a lock that another session keeps: its table waits for a person, the others are in', async () => {
  const office = await openBranches({ retries: 0 });
  const other = await connect(office.target);
  office.at('table.created', 4, async () => {
    await other.query('begin; lock table moved.people in access exclusive mode');
  });
  const run = await office.migrate();
  expect(run).toMatchObject({ state: 'failed', error: { code: 'LOCKED' } });
  expect(office.states(run)).toMatchObject({ people: 'failed', badges: 'pending', desks: 'completed' });
  await other.query('rollback');
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
  await expect(office.rows()).resolves.toEqual(SIZES);
});

test.for(['plan', 'settle', 'run '])(
  'the connection named towpath/%s ends between two batches',
  async (purpose) => {
    const office = await openBranches();
    office.at('batch.begun', 4, async () => {
      for (const side of [office.source, office.target])
        await side.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like 'towpath/${purpose}%'`,
        );
    });
    expect(await office.migrate()).toMatchObject({
      state: 'completed',
      validation: { overallStatus: 'verified' },
    });
    await expect(office.rows()).resolves.toEqual(SIZES);
    expect(office.of('migration.failed')).toEqual([]);
  },
);

test.for(['batch.begun', 'batch.before-commit'])(
  'all pools and sessions are closed at %s: new ones',
  async (point) => {
    const office = await openBranches();
    office.at(point, 4, () => office.closePools());
    expect(await office.migrate()).toMatchObject({
      state: 'completed',
      validation: { overallStatus: 'verified' },
    });
    await expect(office.rows()).resolves.toEqual(SIZES);
    expect(office.of('recovery.succeeded').length).toBeGreaterThan(0);
  },
);

test('a server that stays away ends the run, with what is in and what to do', async () => {
  const office = await openBranches({ retries: 1 });
  office.at('batch.begun', 4, async () => {
    throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  });
  office.at('batch.begun', 5, async () => {
    throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  });
  await expect(office.migrate()).rejects.toMatchObject({ hint: expect.stringMatching(/towpath resume/) });
  expect(await office.engine.status()).toMatchObject({ state: 'failed' });
  expect(office.of('recovery.gave-up')).toMatchObject([{ kind: 'server-away', attempts: 2 }]);
});

test('with recovery switched off nothing is tried again, and the others go on all the same', async () => {
  const office = await openBranches({ recovers: false });
  let once = true;
  office.at('batch.before-commit', 4, async () => {
    if (once) throw Object.assign(new Error('x'), { code: '40P01' });
    once = false;
  });
  const run = await office.migrate();
  expect(run.state).toBe('failed');
  expect(run.entities.filter(({ state }) => state === 'failed')).toHaveLength(1);
  expect(office.of('recovery.attempted')).toEqual([]);
  expect(await office.resume(run.runId)).toMatchObject({ state: 'completed' });
});

test('a handler of one’s own decides for one kind of records', async () => {
  const asked: string[] = [];
  const office = await openBranches({
    errorHandlers: [
      {
        match: { code: '53100', entity: 'people' },
        decide: ({ entity, kind }) => {
          asked.push(`${entity} ${kind}`);
          return { strategy: 'reconnect', attempts: 9, waitMilliseconds: 1 };
        },
      },
    ],
  });
  let full = 4;
  for (let hit = 1; hit < 20; hit++)
    office.at('batch.before-commit', hit, async () => {
      const [row] = await office.target.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where relation = to_regclass('moved.people') and mode = 'RowExclusiveLock'`,
      );
      if (row!.n > 0 && full-- > 0) throw Object.assign(new Error('x'), { code: '53100' });
    });
  expect(await office.migrate()).toMatchObject({ state: 'completed' });
  expect(asked).toEqual(Array(4).fill('people disk-full'));
  await expect(office.rows()).resolves.toEqual(SIZES);
});
