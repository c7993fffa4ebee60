/** Rows through code into the target, in both forms in which rows travel; what does not fit is set aside, with the reason. */
import { describe, expect, test } from 'vitest';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { createChildRunners } from './child-runners.ts';
import { openShop, SPLIT, withCode } from './coded-shop.ts';

const code = { kind: 'code' } as const;

function split(plan: PlanFile, source = SPLIT): PlanFile {
  return withCode(
    plan,
    [
      { to: 'first_name', type: 'text', nullable: false, transform: code },
      { to: 'last_name', type: 'text', transform: code },
    ],
    { code: [{ source, reads: ['full_name'], writes: ['first_name', 'last_name'] }] },
  );
}

describe('a row that code refuses', () => {
  test('goes to quarantine with the message and the line; the others move', async () => {
    const runners = createChildRunners();
    const { plan, migrate, engine, target } = await openShop(runners);
    const run = await migrate(split(plan));
    expect(run.validation!.issues).toEqual([]);
    expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
    const rows = await engine.quarantine({ entity: 'people' });
    expect(rows.map(({ legacyId }) => legacyId).sort()).toEqual(['1', '2', '3']);
    expect(rows[0]).toMatchObject({
      reason: 'code-rejected',
      column: 'first_name',
      message: `Line 3 of the code: no comma in Nobody ${rows[0]!.legacyId}`,
      sourceRow: { full_name: `Nobody ${rows[0]!.legacyId}` },
    });
    expect((await engine.causes({})).find(({ reason }) => reason === 'code-rejected')!.explanation).toBe(
      'The code that works out first name did not accept the row.',
    );
    const [names] = await target.query<{ n: number }>(
      `select count(*)::int as n from moved.people where first_name = 'First' || legacy_id and last_name = 'Last' || legacy_id`,
    );
    expect(names!.n).toBe(1200);
    // rows that point at them follow them out
    expect((await engine.quarantine({ entity: 'notes' })).map(({ legacyId }) => legacyId).sort()).toEqual([
      '1',
      '2',
    ]);
  });

  test('a run that is repeated moves nothing', async () => {
    const { plan, migrate } = await openShop(createChildRunners());
    await migrate(split(plan));
    const again = await migrate(split(plan));
    expect(again.entities.map(({ outcome }) => outcome)).toEqual(['ALREADY_MIGRATED', 'ALREADY_MIGRATED']);
  });
});

test('portions of 500 rows, two on their way, one runner a piece of code', async () => {
  const runners = createChildRunners();
  const { plan, migrate } = await openShop(runners);
  await migrate(split(plan), { batchSize: 5000, maxConcurrency: 1, validate: false });
  // the first two tries of 500 rows are made before anything moves
  expect(runners.sent).toEqual([500, 500, 500, 500, 203]);
  expect(runners.mostInFlight()).toBe(2);
  expect(runners.opened).toHaveLength(4);
  expect(runners.living()).toBe(0);
});

const typed = `export default function transform(row: Row, context: Context): Result {
  return {
    whole: row.id * 2, large: row.big + 1n, share: row.score === null ? null : row.score / 4,
    total: row.amount === null ? null : row.amount.replace(',', '.').replace(' EUR', ''),
    flag: row.active === null ? null : !row.active, day: row.born, at: new Date(row.id * 1000),
    notes: { was: row.extra, of: context.entity }, state: row.mood === 'cross' ? 'angry' : row.mood,
  };
}
`;
const columns = [
  { to: 'whole', type: 'integer', nullable: false, transform: code },
  { to: 'large', type: 'bigint', transform: code },
  { to: 'share', type: 'double precision', transform: code },
  { to: 'total', type: 'numeric(12,2)', transform: code },
  { to: 'flag', type: 'boolean', transform: code },
  { to: 'day', type: 'date', transform: code },
  { to: 'at', type: 'timestamp with time zone', transform: code },
  { to: 'notes', type: 'jsonb', transform: code },
  { to: 'state', type: 'text', transform: code },
];
const reads = ['id', 'amount', 'score', 'big', 'active', 'born', 'mood', 'extra'];
const writes = columns.map(({ to }) => to);
const wide = { code: [{ source: typed, reads, writes }] };
const wrong = `select count(*)::int as n from moved.people where whole <> legacy_id::int * 2
  or large <> 9007199254740994 + legacy_id::int or share <> (legacy_id::int % 100) / 4.0
  or total is distinct from case when legacy_id::int % 7 <> 0 then (legacy_id || '.50')::numeric end
  or flag <> (legacy_id::int % 2 = 1) or day <> date '1970-01-01' + legacy_id::int
  or at <> timestamptz 'epoch' + legacy_id::int * interval '1 second'
  or notes <> jsonb_build_object('was', jsonb_build_object('n', legacy_id::int), 'of', 'people')
  or state <> case when legacy_id::int % 3 = 0 then 'angry' else 'calm' end`;

describe.each([
  ['binary', []],
  // A type that only PostgreSQL can write makes the whole row travel as text.
  [
    'text',
    [
      {
        to: 'length',
        type: 'interval',
        from: 'full_name',
        transform: { kind: 'constant', value: '1 day' } as const,
      },
    ],
  ],
])('values of all types, rows as %s', (_wire, more) => {
  test('are what the code gave, to the last digit, and are compared as such', async () => {
    const { plan, migrate, target } = await openShop(createChildRunners());
    const run = await migrate(withCode(plan, [...columns, ...more], wide));
    expect(run.validation!.issues).toEqual([]);
    expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
    const [found] = await target.query<{ n: number }>(wrong);
    expect(found!.n).toBe(0);
  });

  test.each([
    ['too long', 'character varying(5)', `'x'.repeat(row.id)`, 6, 'too-long'],
    ['too many decimal places', 'numeric(6,2)', `row.id === 9 ? '0.125' : '0.25'`, 9, 'excess-scale'],
    ['too large', 'numeric(4,2)', `row.id === 9 ? 100 : 99.99`, 9, 'numeric-overflow'],
    ['too large a number', 'smallint', `row.id === 9 ? 32768 : 32767`, 9, 'numeric-overflow'],
    ['half a number', 'integer', `row.id === 9 ? 1.5 : 1`, 9, 'malformed-value'],
    ['no day of the calendar', 'date', `row.id === 9 ? '2026-02-30' : '2026-02-28'`, 9, 'malformed-value'],
    ['no moment', 'timestamp with time zone', `row.id === 9 ? 'soon' : '2026-01-01'`, 9, 'malformed-value'],
    ['nothing', 'text', `row.id === 9 ? null : 'x'`, 9, 'required-null'],
    ['half a character', 'text', `row.id === 9 ? '\\ud800' : 'x'`, 9, 'code-rejected'],
    ['a word that is not allowed', 'text', `row.id === 9 ? 'grey' : 'black'`, 9, 'unknown-choice'],
  ])('%s: that row alone is set aside', async (_, type, expression, key, reason) => {
    const { plan, migrate, engine } = await openShop(createChildRunners());
    const source = `export default function transform(row: Row): Result {\n  return { made: (${expression}) as never };\n}\n`;
    const column = { to: 'made', type, nullable: false, transform: { ...code, source, reads: ['id'] } };
    const people = plan.entities.find(({ name }) => name === 'people')!;
    const checks =
      reason === 'unknown-choice'
        ? [...people.checks, { name: 'people_made', expression: `"made" in ('black', 'white')` }]
        : people.checks;
    const few = withCode(plan, [column, ...more], { where: 't.id between 2 and 9', checks });
    const run = await migrate(few, { entities: ['people'] });
    expect(run).toMatchObject({ validation: { overallStatus: 'verified' } });
    const rows = await engine.quarantine({ entity: 'people' });
    const expected = reason === 'too-long' ? ['6', '7', '8', '9'] : [`${key}`];
    expect(rows.map((row) => row.legacyId).sort()).toEqual(expected);
    expect(rows[0]).toMatchObject({ reason, column: 'made' });
  });
});

test('what does not fit follows the policy of its column; a refusal does not', async () => {
  const { plan, migrate, target, engine } = await openShop(createChildRunners());
  const source = `export default function transform(row: Row): Result {
  if (row.id === 5) throw new Error('not this one');
  return { made: row.id === 9 ? 'far too long' : row.id === 8 ? null : 'ok' };
}
`;
  const column = {
    to: 'made',
    type: 'character varying(5)',
    nullable: false,
    onMisfit: 'default',
    default: '?',
  } as const;
  const coded = withCode(plan, [{ ...column, transform: { ...code, source, reads: ['id'] } }], {
    where: 't.id between 2 and 9',
  });
  const run = await migrate(coded, { entities: ['people'] });
  expect(run).toMatchObject({ validation: { overallStatus: 'verified' } });
  expect(
    await target.query('select legacy_id::text, made from moved.people where legacy_id::int >= 7 order by 1'),
  ).toEqual([
    { legacy_id: '7', made: 'ok' },
    { legacy_id: '8', made: '?' },
    { legacy_id: '9', made: '?' },
  ]);
  expect((await engine.quarantine({})).map(({ legacyId }) => legacyId)).toEqual(['5']);
  expect((await engine.causes({})).map(({ outcome, reason, rows }) => [outcome, reason, rows])).toEqual([
    ['quarantined', 'code-rejected', 1],
    ['repaired', 'misfit-to-default', 1],
    ['repaired', 'null-to-default', 1],
  ]);
});

test('a dry run goes through the code and writes nothing', async () => {
  const { plan, migrate, made } = await openShop(createChildRunners());
  const run = await migrate(split(plan), { dryRun: true, approveAs: null });
  expect(run.entities.find(({ entity }) => entity === 'people')).toMatchObject({
    written: 1200,
    quarantined: 3,
  });
  expect(await made()).toEqual([]);
});
