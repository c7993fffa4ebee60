/**
 * Whatever is on both sides, by whichever rule, in whatever batches, and wherever the move is interrupted: each old row is the
 * row it should be, what refers to it follows, and taking it back leaves the target exactly as it was.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { type PlanFile, planFile } from '../../../engine/plan/plan-file.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const [source, target] = [useTestDatabase(), useTestDatabase()];
let databases: readonly [Database, Database];
let fingerprint = '';

beforeAll(async () => {
  await source.query(`create table people (id int primary key, email text not null, name text, boss int references people);
    create table notes (id int primary key, person_id int not null references people, said text)`);
  await target.query(`create table users (id uuid primary key default gen_random_uuid(), email text not null, name text,
      boss_id uuid references users, updated_at timestamptz not null default '2020-01-01');
    create table remarks (id uuid primary key default gen_random_uuid(), user_id uuid not null references users on delete cascade, said text);
    create function touch() returns trigger language plpgsql as $$ begin new.updated_at := clock_timestamp(); return new; end $$;
    create trigger touch before insert or update on users for each row execute function touch()`);
  const log = createSilentLog();
  databases = [
    createDatabase(source.connection, 'source', { log }),
    createDatabase(target.connection, 'target', { log }),
  ];
  fingerprint = (await introspect(databases[0], { profiles: false, counts: 'none' })).fingerprint;
});
afterAll(async () => {
  for (const database of databases) await database.end();
});

const known = { confidence: 1, reason: 'test' };
const id = { to: 'id', type: 'uuid', nullable: false, transform: { kind: 'uuid' }, ...known };
const text = (to: string, nullable = true) => ({ to, from: to, type: 'text', nullable, ...known });
const reference = (to: string, from: string, nullable: boolean) => ({
  to,
  from,
  type: 'uuid',
  nullable,
  transform: { kind: 'reference', entity: 'people', onMissing: nullable ? 'null' : 'quarantine' },
  ...known,
});

function planOf(migration: string, onMatch: 'keep' | 'update'): PlanFile {
  const shared = {
    key: { columns: ['id'], kind: 'integer' },
    priority: 'critical',
    phase: 'x',
    estimatedRows: 100,
    difficulty: 'easy',
  };
  return planFile.parse({
    version: 1,
    migration,
    source: { database: 'old', schemas: ['public'], fingerprint },
    target: { schema: 'public', create: false },
    settings: { maxFailureRate: 1 },
    entities: [
      {
        ...shared,
        name: 'people',
        level: 1,
        source: { schema: 'public', table: 'people' },
        target: { schema: 'public', table: 'users' },
        merge: { by: ['email'], onMatch },
        deferred: ['boss_id'],
        columns: [
          id,
          { ...text('email', false), transform: { kind: 'email' } },
          text('name'),
          reference('boss_id', 'boss', true),
        ],
      },
      {
        ...shared,
        name: 'notes',
        level: 2,
        source: { schema: 'public', table: 'notes' },
        target: { schema: 'public', table: 'remarks' },
        columns: [id, reference('user_id', 'person_id', false), text('said')],
      },
    ],
    groups: {},
    phases: [],
    estimate: { rows: 10, bytes: 1, seconds: 1 },
  });
}

const PLACES = [
  'entity.matched',
  'batch.begun',
  'batch.rows-copied',
  'batch.before-commit',
  'batch.after-commit',
  'level.settled',
  'rows.withdrawn',
  'entity.indexed',
];
const cases = fc.record({
  /** Numbers of old people, in order; each has the address of its number. */
  old: fc.uniqueArray(fc.integer({ min: 1, max: 14 }), { maxLength: 12 }),
  /** Addresses that are there, some twice in another case. */
  there: fc.array(fc.record({ n: fc.integer({ min: 1, max: 16 }), upper: fc.boolean() }), { maxLength: 9 }),
  onMatch: fc.constantFrom('keep' as const, 'update' as const),
  batchSize: fc.integer({ min: 1, max: 5 }),
  place: fc.constantFrom(...PLACES),
  hit: fc.integer({ min: 1, max: 4 }),
});
const everything = `select (select coalesce(string_agg(u::text, e'\\n' order by id), '') from users u) as users,
  (select coalesce(string_agg(r::text, e'\\n' order by id), '') from remarks r) as remarks`;

test('merging, going on and taking back are exact', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ old, there, onMatch, batchSize, place, hit }) => {
      await source.query('truncate people, notes');
      await target.query('truncate users, remarks');
      for (const number of old)
        await source.query(`insert into people values ($1, $2, $3)`, [
          number,
          `Mail${number}@x.org`,
          `old ${number}`,
        ]);
      await source.query('update people p set boss = (select max(q.id) from people q where q.id <> p.id)');
      await source.query(
        `insert into notes select id * 10, id, 'note' from people union all select id * 10 + 1, id, 'more' from people`,
      );
      for (const { n: number, upper } of there)
        await target.query(`insert into users (email, name) values ($1, 'there')`, [
          upper ? `MAIL${number}@X.ORG` : `mail${number}@x.org`,
        ]);
      const before = await target.query(everything);
      const theirs = await target.query<{ id: string; email: string }>(
        'select id, lower(email) as email from users',
      );

      const plan = planOf(`m${++n}`, onMatch);
      const engineWith = (failpoints: string) =>
        createEngine({
          config: { maxRetryAttempts: 0 },
          source: databases[0],
          target: databases[1],
          log: createSilentLog(),
          clock: createClock(),
          failpoints: createFailpoints(failpoints),
        });
      const dying = engineWith(`${place}:${hit}=error`);
      const options = {
        entities: [],
        withDependencies: false,
        dryRun: false,
        batchSize,
        maxConcurrency: 2,
        checkpointFrequency: 1000,
        timeoutMinutes: null,
        maxFailureRate: 1,
        validate: true,
        approveAs: 'tester',
      };
      const first = await dying.migrate(plan, options).catch(() => null);
      const engine = engineWith('');
      const run =
        first?.state === 'completed'
          ? first
          : await engine.resume((await engine.runs())[0]!.runId, {
              batchSize,
              maxConcurrency: 2,
              validate: true,
            });
      expect(run.validation?.issues.filter(({ kind }) => kind !== 'readiness')).toEqual([]);
      expect(run.validation?.overallStatus).toBe('verified');

      const pairs = await target.query<{ key: string; id: string; merged: string | null }>(
        `select legacy_id as key, new_id as id, merged from towpath.migration_mappings where migration = $1 and entity = 'people' order by 1`,
        [plan.migration],
      );
      const same = (number: number) => theirs.filter(({ email }) => email === `mail${number}@x.org`);
      expect(pairs.map(({ key }) => Number(key)).sort((a, b) => a - b)).toEqual(
        old.filter((number) => same(number).length <= 1).sort((a, b) => a - b),
      );
      for (const { key, id: newId, merged } of pairs) {
        const [match] = same(Number(key));
        expect([key, merged, match === undefined || match.id === newId]).toEqual([
          key,
          match ? (onMatch === 'keep' ? 'kept' : 'updated') : null,
          true,
        ]);
      }
      const [tied] = await target.query<{ rows: number }>(
        `select count(*)::int as rows from remarks r join towpath.migration_mappings m on m.new_id = r.user_id and m.migration = $1 and m.entity = 'people'`,
        [plan.migration],
      );
      expect(tied!.rows).toBe(pairs.length * 2);

      await engine.rollback({ runId: run.runId, entities: [], preview: false });
      expect(await target.query(everything)).toEqual(before);
    }),
    { numRuns: 14, endOnFailure: true },
  );
}, 240_000);
