/** What a plan with code is refused for, before anything is made; and that a plan without code asks nobody. */
import { describe, expect, test } from 'vitest';
import type { CodeRunners } from '../../../engine/contract/code.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { codeOf } from '../run/moving-office.ts';
import { createChildRunners, failure } from './child-runners.ts';
import { openShop, type Shop, withCode } from './coded-shop.ts';

const right = `export default function transform(row: Row): Result {
  return { shout: row.full_name.toUpperCase() };
}
`;

function shouting(plan: PlanFile, source = right): PlanFile {
  const transform = { kind: 'code', source, reads: ['full_name'] } as const;
  return withCode(plan, [
    { to: 'shout', type: 'text', nullable: false, transform: { ...transform, reads: ['full_name'] } },
  ]);
}

/** Every door that rows of a plan could go through. */
const doors: readonly (readonly [string, (shop: Shop, plan: PlanFile) => Promise<unknown>])[] = [
  ['migrate', ({ migrate }, plan) => migrate(plan)],
  ['a dry run', ({ migrate }, plan) => migrate(plan, { dryRun: true, approveAs: null })],
  ['rehearse', ({ rehearse }, plan) => rehearse(plan)],
];

const noDocker: CodeRunners = {
  open: async () => {
    throw failure('docker-missing', 'Docker does not answer.');
  },
  check: async () => [],
  close: async () => {},
};

describe.each([
  ['nothing to run code in', null],
  ['no Docker', noDocker],
])('with %s', (_, runners) => {
  test.each(doors)('%s is refused with the way to get it, and nothing is made', async (_door, enter) => {
    const shop = await openShop(runners);
    const error = await enter(shop, shouting(shop.plan)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'SANDBOX_MISSING',
      hint: expect.stringContaining('towpath sandbox doctor'),
    });
    expect(await shop.made()).toEqual([]);
  });

  test.each(doors)('%s of a plan without code goes as always', async (_door, enter) => {
    const shop = await openShop(runners);
    await enter(shop, shop.plan);
  });
});

test('a plan without code touches no runner', async () => {
  const touched: string[] = [];
  const runners = new Proxy({} as CodeRunners, {
    get(_, name) {
      if (name === 'close') return async () => {};
      touched.push(String(name));
      return async () => {
        throw new Error('touched');
      };
    },
  });
  const shop = await openShop(runners);
  expect(await shop.engine.checkCode(shop.plan, shop.catalog)).toEqual([]);
  await shop.rehearse(shop.plan);
  const run = await shop.migrate(shop.plan);
  await shop.engine.validate({ type: 'all', runId: run.runId, entities: [], fix: false });
  expect(touched).toEqual([]);
});

describe('code that the compiler does not accept', () => {
  const wrong = right.replace('row.full_name', 'row.fullname');

  test.each(doors)('%s is refused by line and column, and nothing is moved', async (_, enter) => {
    const shop = await openShop(createChildRunners());
    const error = await enter(shop, shouting(shop.plan, wrong)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'PLAN_INVALID',
      message: expect.stringMatching(
        /entities\.people\.columns\.shout\.transform: Line 2, column 23 of the code of shout: .*'fullname'/,
      ),
      details: { findings: [{ inCode: { line: 2, column: 23 } }] },
    });
    expect((await shop.made()).filter((name) => name !== 'towpath')).toEqual([]);
    expect(await shop.engine.runs()).toEqual([]);
  });

  test('nobody is asked to approve it', async () => {
    const { engine, plan } = await openShop(createChildRunners());
    expect(
      await codeOf(engine.requestApproval({ action: 'migrate', plan: shouting(plan, wrong) }, 'guide')),
    ).toBe('PLAN_INVALID');
    expect(await engine.approvals()).toEqual([]);
  });
});

test('an approval is for the code that was shown: other code needs another', async () => {
  const { engine, plan, migrate } = await openShop(createChildRunners());
  await engine.approve(shouting(plan), { approver: 'Marta' });
  const other = shouting(plan, right.replace('toUpperCase', 'toLowerCase'));
  expect(await codeOf(migrate(other, { approveAs: null }))).toBe('APPROVAL_REQUIRED');
  expect(await migrate(shouting(plan), { approveAs: null })).toMatchObject({ state: 'completed' });
});

describe('code that answers differently for the same row', () => {
  test.each([
    ['the clock', 'String(performance.now())'],
    ['chance', 'String(Math.random())'],
    ['counting rows', 'String(++n)'],
    ['the row before', '(([was, last] = [last, row.full_name]), was)'],
  ])('%s: refused', async (_, expression) => {
    const source = `declare const performance: { now(): number };
let n = 0;
let last = '';
let was = '';
export default function transform(row: Row): Result {
  return { shout: ${expression} };
}
export const state = [n, last, was, typeof performance];
`;
    const shop = await openShop(createChildRunners());
    for (const [, enter] of doors) {
      const error = await enter(shop, shouting(shop.plan, source)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'CODE_NOT_DETERMINISTIC',
        details: { entity: 'people', columns: ['shout'] },
      });
    }
    expect((await shop.made()).filter((name) => name !== 'towpath')).toEqual([]);
  });

  test('refusing a row only sometimes counts as well', async () => {
    const source = `let n = 0;
export default function transform(row: Row): Result {
  if (++n % 5 === 0) throw new Error('every fifth');
  return { shout: row.full_name };
}
`;
    const shop = await openShop(createChildRunners());
    expect(await codeOf(shop.rehearse(shouting(shop.plan, source)))).toBe('CODE_NOT_DETERMINISTIC');
  });
});
