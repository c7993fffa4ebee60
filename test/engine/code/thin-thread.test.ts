/** One column that code works out, from the plan to a validated target. */
import { expect, test } from 'vitest';
import { createChildRunners } from './child-runners.ts';
import { openShop, withCode } from './coded-shop.ts';

const source = `export default function transform(row: Row): Result {
  return { shout: row.full_name.toUpperCase() };
}
`;

test('a column that code writes is migrated and validated', async () => {
  const runners = createChildRunners();
  const { plan, migrate, target } = await openShop(runners);
  const coded = withCode(plan, [
    { to: 'shout', type: 'text', nullable: false, from: 'full_name', transform: { kind: 'code', source } },
  ]);
  const run = await migrate(coded);
  expect(run).toMatchObject({ state: 'completed', validation: { overallStatus: 'verified' } });
  const [row] = await target.query<{ n: number; different: number }>(
    `select count(*)::int as n, count(*) filter (where shout is distinct from upper(full_name))::int as different from moved.people`,
  );
  expect(row).toEqual({ n: 1203, different: 0 });
  expect(runners.living()).toBe(0);
});
