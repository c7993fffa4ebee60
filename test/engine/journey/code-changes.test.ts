/** Code that is asked for in a conversation: it is in the plan, and whoever wrote it hears what the compiler says of it. */
import { expect, test } from 'vitest';
import type { PlanChange } from '../../../engine/contract/facts.ts';
import { createChildRunners } from '../code/child-runners.ts';
import { usePlannedJourney } from './use-planned-journey.ts';

const planned = usePlannedJourney(
  `create table goods (id int primary key, name text not null, size int);
    insert into goods select i, 'good ' || i, i from generate_series(1, 20) i`,
  { code: createChildRunners() },
);

const change = (expression: string): PlanChange => ({
  kind: 'set-column',
  entity: 'goods',
  column: 'name',
  transform: [
    {
      kind: 'code',
      source: `export default function transform(row: Row): Result {\n  return { name: ${expression} };\n}\n`,
    },
  ],
  reason: 'asked for',
});

test('what is wrong with it comes back by line and column, and goes away when it is corrected', async () => {
  const { journey } = planned.opened;
  const wrong = await journey.changePlan(change('row.nam'));
  expect(wrong.data.mistakes).toEqual([
    {
      path: 'entities.goods.columns.name.transform',
      message: expect.stringMatching(
        /^Line 2, column 22 of the code of name: .*'nam' does not exist on type 'Row'/,
      ),
      hint: 'Correct the code.',
    },
  ]);
  const right = await journey.changePlan(change('row.name.toUpperCase()'));
  expect(right.data.mistakes).toEqual([]);
  expect(right.words).toContain('is worked out by code');
  const mapping = await journey.mapping('goods');
  expect(JSON.stringify(mapping.data)).toContain('row.name.toUpperCase()');
});

test('the checks before a run look for something to run it in', async () => {
  const { data } = await planned.opened.journey.preflight();
  expect(data.find(({ name }) => name === 'docker')).toMatchObject({ status: 'pass' });
});

const pair: PlanChange = {
  kind: 'set-code',
  entity: 'goods',
  source: `export default function transform(row: Row): Result {
  // 'Anna Berg' was here
  if (row.size === 7) throw new Error(row.name);
  return { short: row.name.slice(0, 4), large: (row.size ?? 0) > 10 };
}
`,
  reads: ['name', 'size'],
  writes: [
    { column: 'short', type: 'text' },
    { column: 'large', type: 'boolean' },
  ],
  reason: 'two from two',
};

test('a draft is tried and nothing is changed; proposed, it is told with its code and can be tried again', async () => {
  const { journey, workspace } = planned.opened;
  const before = workspace.planText();
  const { entity, source: text, reads, writes } = pair as Extract<PlanChange, { kind: 'set-code' }>;
  const draft = await journey.tryCode({ entity, column: null, source: text, reads, writes, sample: 500 });
  expect(draft.data).toMatchObject({
    outcome: 'rows-refused',
    tried: 20,
    setAside: 1,
    repeatable: true,
    troubles: [{ rows: 1, line: 3, code: 'if (row.size === 7) throw new Error(row.name);' }],
  });
  expect(draft.words).toContain('19 come out, 1 would be set aside.');
  expect(draft.words).toContain('Nothing was changed: the plan is as it was.');
  expect(JSON.stringify(draft)).not.toMatch(/good \d/);
  expect(workspace.planText()).toBe(before);

  const changed = await journey.changePlan(pair);
  expect(changed.data.mistakes).toEqual([]);
  expect((await journey.plan()).words).toMatch(
    /Three fields of goods are worked out by code, which needs Docker/,
  );
  const { data } = await journey.mapping('goods');
  expect(data.code).toMatchObject([{ reads: ['name', 'size'], writes: ['short', 'large'] }]);
  const again = await journey.tryCode({
    ...{ entity: 'good', column: 'large', source: null, reads: null, writes: null, sample: 3 },
  });
  expect(again.data).toMatchObject({ tried: 3, writes: ['short', 'large'] });
  await expect(
    journey.tryCode({ ...{ entity, column: 'size', source: null, reads: null, writes: null, sample: 3 } }),
  ).rejects.toMatchObject({ code: 'NO_CODE' });
});
