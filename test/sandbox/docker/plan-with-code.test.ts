/** The whole way: a plan with code through the engine, its code in real containers. */
import { expect, test } from 'vitest';
import { createSandbox } from '../../../sandbox/index.ts';
import { openShop, SPLIT, withCode } from '../../engine/code/coded-shop.ts';
import { describeWithDocker, ownContainers, useSandbox } from './with-docker.ts';

const code = { kind: 'code' } as const;
const EVERYTHING = `export default function transform(row: Row, context: Context): Result {
  return {
    whole: row.id * 2, large: row.big + 1n, share: row.score / 4,
    total: row.amount === null ? null : row.amount.replace(',', '.').replace(' EUR', ''),
    flag: !row.active, day: row.born, at: new Date(row.id * 1000),
    notes: { was: row.extra, of: context.entity }, state: row.mood === 'cross' ? 'angry' : row.mood,
  };
}
`;

describeWithDocker('a plan with code', () => {
  const sandbox = useSandbox();
  // The shop closes its runners; these are closed by the suite.
  const runners = { ...sandbox, close: async () => {} };

  test('is rehearsed, migrated, validated and refused by row, line and column', async () => {
    const { plan, migrate, rehearse, engine, target } = await openShop(runners);
    const coded = withCode(
      plan,
      [
        { to: 'first_name', type: 'text', nullable: false, transform: code },
        { to: 'last_name', type: 'text', transform: code },
      ],
      { code: [{ source: SPLIT, reads: ['full_name'], writes: ['first_name', 'last_name'] }] },
    );
    expect(await rehearse(coded)).toMatchObject({ status: 'passed' });
    const run = await migrate(coded);
    expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
    expect(
      (await engine.quarantine({ entity: 'people' }))
        .map(({ legacyId, message }) => [legacyId, message])
        .sort(),
    ).toEqual([1, 2, 3].map((i) => [`${i}`, `Line 3 of the code: no comma in Nobody ${i}`]));
    const [names] = await target.query<{ n: number }>(
      `select count(*)::int as n from moved.people where first_name = 'First' || legacy_id and last_name = 'Last' || legacy_id`,
    );
    expect(names!.n).toBe(1200);
  });

  test('values of all types arrive to the last digit', async () => {
    const { plan, migrate, target } = await openShop(runners);
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
    const block = { source: EVERYTHING, reads, writes: columns.map(({ to }) => to) };
    const run = await migrate(withCode(plan, columns, { code: [block] }));
    expect(run.validation!.issues).toEqual([]);
    expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
    const [found] = await target.query<{ n: number }>(`select count(*)::int as n from moved.people
      where whole <> legacy_id::int * 2 or large <> 9007199254740994 + legacy_id::int
      or share <> (legacy_id::int % 100) / 4.0 or flag <> (legacy_id::int % 2 = 1)
      or total is distinct from case when legacy_id::int % 7 <> 0 then (legacy_id || '.50')::numeric end
      or day <> date '1970-01-01' + legacy_id::int or at <> timestamptz 'epoch' + legacy_id::int * interval '1 second'
      or notes <> jsonb_build_object('was', jsonb_build_object('n', legacy_id::int), 'of', 'people')
      or state <> case when legacy_id::int % 3 = 0 then 'angry' else 'calm' end`);
    expect(found!.n).toBe(0);
  });

  const own = (source: string) => ({ ...code, source, reads: ['id'] });

  test('a row on which the code never ends is set aside; code that ends on none is not', async () => {
    const impatient = createSandbox({ limits: { batchMilliseconds: 300 } });
    const { plan, migrate, engine } = await openShop(impatient);
    const hanging = (when: string) => `export default function transform(row: Row): Result {
  while (${when}) {}
  return { made: 'x' };
}
`;
    const with_ = (when: string) =>
      withCode(plan, [{ to: 'made', type: 'text', transform: own(hanging(when)) }], {
        where: 't.id between 600 and 700',
      });
    const error = await migrate(with_('row.id > 0'), { entities: ['people'] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'CODE_STOPPED', details: { kind: 'timeout' } });
    const run = await migrate(with_('row.id === 650'), { entities: ['people'] });
    expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
    expect(await engine.quarantine({ entity: 'people' })).toMatchObject([
      { legacyId: '650', reason: 'code-rejected' },
    ]);
  });

  test.each([
    ['the clock', 'String(Date.now())'],
    ['chance', 'String(Math.random())'],
    ['counting', 'String(++n)'],
  ])('code that asks for %s is refused', async (_, expression) => {
    const { plan, rehearse } = await openShop(runners);
    const source = `let n = 0;\nexport default function transform(row: Row): Result {\n  return { made: ${expression} + row.id };\n}\nexport const counted = n;\n`;
    const error = await rehearse(
      withCode(plan, [{ to: 'made', type: 'text', transform: own(source) }]),
    ).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CODE_NOT_DETERMINISTIC' });
  });

  test('code that does not fit its columns is refused by line and column', async () => {
    const { plan, migrate } = await openShop(runners);
    const source = 'export default function transform(row: Row): Result {\n  return { made: row.idd };\n}\n';
    const error = await migrate(withCode(plan, [{ to: 'made', type: 'text', transform: own(source) }])).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'PLAN_INVALID',
      details: { findings: [{ inCode: { line: 2, column: 22 } }] },
    });
  });

  test('leaves no container behind but the one that is kept ahead', async () => {
    expect((await ownContainers()).length).toBeLessThanOrEqual(1);
  });
});
