/** “Held” is only said of what was shown. */
import { expect, test } from 'vitest';
import { proofOf } from '../../../../engine/rehearsal/chaos/verdict.ts';

const found = {
  ...{ seed: 1, kinds: [], notCompared: [], rowsCompared: 20 },
  faults: { drawn: 3, struck: 2 },
  moves: { made: 2, leftOut: 0 },
  rows: { moved: 9, setAside: 1 },
  damage: [{ kind: 'row-lost', entity: 'orders', outcome: 'noticed', mended: true }],
} as const;
const outside = { target: 'unchanged', source: 'unchanged', changes: [], notLookedAt: [] } as const;
type Found = Parameters<typeof proofOf>[0]['found'];

const of = (other: object, removed = true) =>
  proofOf(
    { found: { ...found, ...other } as unknown as Found, violations: [] },
    { ...outside } as never,
    removed,
  );

test('it holds where faults struck, rows were compared and a damage was refused', () => {
  expect(of({})).toEqual({ status: 'passed', violations: [], notProven: [] });
});

test.for([
  ['no fault came to its moment', { faults: { drawn: 3, struck: 0 } }],
  ['no move was made', { moves: { made: 0, leftOut: 2 }, faults: { drawn: 3, struck: 0 }, rowsCompared: 0 }],
  ['nothing could be compared', { rowsCompared: 0 }],
  ['no copy could be damaged', { damage: [{ ...found.damage[0], entity: null, outcome: 'not-tried' }] }],
  ['the sample is empty', { rows: { moved: 0, setAside: 0 }, rowsCompared: 0 }],
] as const)('nothing is proven where %s', ([, other]) => {
  const { status, notProven, violations } = of(other);
  expect(status).toBe('not-proven');
  expect(notProven.length).toBeGreaterThan(0);
  expect(violations).toEqual([]);
});

test('a damage that was not seen, one that stays after it was put right, and a schema that stays fail it', () => {
  const damage = [
    { kind: 'row-lost', entity: 'orders', outcome: 'missed', mended: true },
    { kind: 'row-doubled', entity: 'orders', outcome: 'noticed', mended: false },
  ];
  const { status, violations } = of({ damage }, false);
  expect(status).toBe('failed');
  expect(violations.map(({ check }) => check)).toEqual([
    'damage-not-seen',
    'damage-not-mended',
    'not-removed',
  ]);
});
