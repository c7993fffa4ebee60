/**
 * Whatever rows are the same record, by whichever rule, in whatever batches, whichever of them cannot move, and wherever the move
 * is interrupted: what the new tables, the pairs and the counts say is what a few lines of plain code say. Taking it back
 * leaves nothing.
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
  await source.query(`create table people (id int primary key, email text, name text, changed int, boss int);
    create table notes (id int primary key, person_id int not null)`);
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

interface Person {
  readonly id: number;
  readonly email: string | null;
  /** Without a name a row does not move. */
  readonly name: string | null;
  readonly changed: number | null;
  readonly boss: number | null;
}

interface Rule {
  readonly keep: 'first' | 'last';
  readonly byChange: boolean;
  readonly ignoreCase: boolean;
  readonly trim: boolean;
  /** A row whose boss is missing does not move; that shows behind the level only. */
  readonly strict: boolean;
}

const known = { confidence: 1, reason: 'test' };
const id = { to: 'id', type: 'uuid', nullable: false, transform: { kind: 'uuid' }, ...known };
const legacyId = { to: 'legacy_id', from: 'id', type: 'integer', nullable: false, ...known };

function planOf(migration: string, { byChange, strict, ...rule }: Rule): PlanFile {
  const shared = {
    key: { columns: ['id'], kind: 'integer' },
    priority: 'critical',
    phase: 'x',
    estimatedRows: 100,
    difficulty: 'easy',
  };
  const table = (name: string) => ({ schema: 'public', table: name });
  const reference = { kind: 'reference', entity: 'people' };
  return planFile.parse({
    version: 1,
    migration,
    source: { database: 'old', schemas: ['public'], fingerprint },
    target: { schema: 'moved', create: true },
    settings: { maxFailureRate: 1 },
    entities: [
      {
        ...shared,
        name: 'people',
        level: 1,
        source: table('people'),
        target: { schema: 'moved', table: 'people' },
        dedupe: { by: ['email'], ...rule, ...(byChange ? { orderBy: 'changed' } : {}) },
        deferred: ['boss_id'],
        leftOut: [{ column: 'changed', reason: 'only chooses among duplicates' }],
        columns: [
          id,
          legacyId,
          { to: 'email', from: 'email', type: 'text', nullable: true, ...known },
          { to: 'name', from: 'name', type: 'text', nullable: false, ...known },
          {
            to: 'boss_id',
            from: 'boss',
            type: 'uuid',
            nullable: true,
            transform: { ...reference, onMissing: strict ? 'quarantine' : 'null' },
            ...known,
          },
        ],
      },
      {
        ...shared,
        name: 'notes',
        level: 2,
        source: table('notes'),
        target: { schema: 'moved', table: 'notes' },
        columns: [
          id,
          legacyId,
          {
            to: 'person_id',
            from: 'person_id',
            type: 'uuid',
            nullable: false,
            transform: { ...reference, onMissing: 'quarantine' },
            ...known,
          },
        ],
      },
    ],
    groups: {},
    phases: [],
    estimate: { rows: 10, bytes: 1, seconds: 1 },
  });
}

/** What has to come of it, said once more in plain code. */
function modelOf(people: readonly Person[], { byChange, ignoreCase, keep, strict, trim }: Rule) {
  const said = ({ email }: Person) => {
    if (email === null || email.trim() === '') return null;
    const trimmed = trim ? email.trim() : email;
    return ignoreCase ? trimmed.toLowerCase() : trimmed;
  };
  const sign = keep === 'first' ? 1 : -1;
  const rank = (person: Person) =>
    byChange ? (person.changed === null ? Number.POSITIVE_INFINITY : person.changed * sign) : 0;
  const sorted = [...people].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x === y ? (a.id - b.id) * sign : x - y;
  });
  const first = new Map<string, number>();
  const keptOf = new Map<number, number>();
  for (const person of sorted) {
    const value = said(person);
    if (value !== null && !first.has(value)) first.set(value, person.id);
    keptOf.set(person.id, value === null ? person.id : first.get(value)!);
  }
  const aside = new Set(people.filter((person) => person.name === null).map((person) => person.id));
  /** Key of the row that a key leads to; null: nothing is there. */
  const leadsTo = (key: number | null) => {
    const kept = key === null ? undefined : keptOf.get(key);
    return kept === undefined || aside.has(kept) ? null : kept;
  };
  for (let before = -1; strict && before !== aside.size; ) {
    before = aside.size;
    for (const { boss, id: own } of people)
      if (keptOf.get(own) === own && boss !== null && leadsTo(boss) === null) aside.add(own);
  }
  const rows = people.filter((person) => leadsTo(person.id) === person.id);
  const duplicates = people.filter(({ id: key }) => ![null, key].includes(leadsTo(key)));
  return {
    leadsTo,
    rows: rows
      .map(({ boss, changed: _, ...row }) => ({ ...row, boss: leadsTo(boss) }))
      .sort((a, b) => a.id - b.id),
    duplicates,
    counts: {
      totalRecords: people.length,
      written: rows.length,
      quarantined: people.length - rows.length - duplicates.length,
      ...(duplicates.length === 0 ? {} : { duplicates: duplicates.length }),
    },
  };
}

const PLACES = [
  'entity.deduped',
  'batch.begun',
  'batch.rows-copied',
  'batch.before-commit',
  'batch.after-commit',
  'rows.let-go',
  'rows.withdrawn',
  'level.settled',
  'entity.indexed',
];
const key = fc.integer({ min: 1, max: 14 });
const cases = fc.record({
  people: fc.uniqueArray(
    fc.record({
      id: key,
      email: fc.option(fc.constantFrom('a@x', 'A@x', ' a@x', 'a@x\u00a0', 'b@x', 'B@X ', ' ', '')),
      name: fc.option(fc.constantFrom('Ann', 'Bo'), { freq: 4 }),
      changed: fc.option(fc.integer({ min: 1, max: 3 })),
      boss: fc.option(key),
    }),
    { selector: (person) => person.id, maxLength: 12 },
  ),
  rule: fc.record({
    keep: fc.constantFrom('first' as const, 'last' as const),
    byChange: fc.boolean(),
    ignoreCase: fc.boolean(),
    trim: fc.boolean(),
    strict: fc.boolean(),
  }),
  batchSize: fc.integer({ min: 1, max: 5 }),
  place: fc.constantFrom(...PLACES),
  hit: fc.integer({ min: 1, max: 4 }),
});

test('rows, references, pairs, counts and undoing are those of the model', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ people, rule, batchSize, place, hit }) => {
      await source.query('truncate people, notes');
      for (const person of people)
        await source.query('insert into people values ($1, $2, $3, $4, $5)', [
          person.id,
          person.email,
          person.name,
          person.changed,
          person.boss,
        ]);
      await source.query('insert into notes select n, n from generate_series(1, 14) n');
      const model = modelOf(people, rule);
      const plan = planOf(`m${++n}`, rule);
      const engineWith = (failpoints: string) =>
        createEngine({
          config: { maxRetryAttempts: 0 },
          source: databases[0],
          target: databases[1],
          log: createSilentLog(),
          clock: createClock(),
          failpoints: createFailpoints(failpoints),
        });
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
      const engine = engineWith('');
      const dry = await engine.migrate(plan, { ...options, dryRun: true });
      // what shows behind the level only, a dry run does not see
      if (!rule.strict) expect(dry.entities[0]).toMatchObject(model.counts);
      const first = await engineWith(`${place}:${hit}=error`)
        .migrate(plan, options)
        .catch(() => null);
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
      expect(run.entities[0]).toMatchObject(model.counts);
      expect(run.entities[0]!.duplicates).toBe(model.counts.duplicates);

      expect(
        await target.query(`select p.legacy_id as id, p.email, p.name, b.legacy_id as boss
          from moved.people p left join moved.people b on b.id = p.boss_id order by 1`),
      ).toEqual(model.rows);
      expect(
        await target.query(`select o.legacy_id as id, p.legacy_id as person
          from moved.notes o join moved.people p on p.id = o.person_id order by 1`),
      ).toEqual(
        Array.from({ length: 14 }, (_, i) => ({ id: i + 1, person: model.leadsTo(i + 1) })).filter(
          ({ person }) => person !== null,
        ),
      );
      const pairs = await target.query(
        `select m.legacy_id::int as key, p.legacy_id as row, m.merged from towpath.migration_mappings m
          left join moved.people p on p.id = m.new_id
          where m.migration = $1 and m.entity = 'people' order by 1`,
        [plan.migration],
      );
      expect(pairs).toEqual(
        people
          .map(({ id: own }) => ({ key: own, row: model.leadsTo(own) }))
          .filter(({ row }) => row !== null)
          .map((pair) => ({ ...pair, merged: pair.row === pair.key ? null : 'duplicate' }))
          .sort((a, b) => a.key - b.key),
      );
      expect((await engine.report(run.runId)).duplicates).toEqual([
        {
          entity: 'people',
          rows: model.duplicates.length,
          into: new Set(model.duplicates.map((person) => model.leadsTo(person.id))).size,
          by: ['email'],
        },
      ]);

      await engine.rollback({ runId: run.runId, entities: [], preview: false });
      expect(
        await target.query(`select to_regclass('moved.people') as people, to_regclass('moved.notes') as notes,
          (select count(*)::int from towpath.kept_ids) as kept,
          (select count(*)::int from towpath.mapping_pairs) as pairs`),
      ).toEqual([{ people: null, notes: null, kept: 0, pairs: 0 }]);
    }),
    { numRuns: 20, endOnFailure: true },
  );
}, 300_000);
