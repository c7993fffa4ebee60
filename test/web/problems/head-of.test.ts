import { describe, expect, test } from 'vitest';
import { fieldOf, titleKeyOf } from '../../../web/screens/problems/cause-title.ts';
import { headOf, ordered } from '../../../web/screens/problems/head-of.ts';
import english from '../../../web/texts/en.json' with { type: 'json' };

type Run = NonNullable<Parameters<typeof headOf>[0]>;

function entity(
  name: string,
  level: number,
  counts: { setAside: number; limit: number | null },
): Run['entities'][number] {
  return {
    ...{ entity: name, title: name, level, state: 'completed', rowsTotal: 200, rowsDone: 200, written: 200 },
    ...{ repaired: 0, leftOut: 0, duplicates: 0, startedAt: null, finishedAt: null, error: null },
    ...counts,
  };
}

function runOf(given: Partial<Run>): Run {
  return {
    ...{ level: 1, levels: 2, gateClosed: false, entities: [], byLevel: [] },
    progress: {
      ...{ rowsTotal: 900, rowsDone: 400, rowsChecked: 0, rowsPerSecond: null, averageRowsPerSecond: null },
      ...{ secondsLeft: null, batches: 0, at: '2026-11-12T10:00:00Z' },
    },
    ...given,
  };
}

const stoppedAt = (level: number): Run['byLevel'] => [
  { level, state: 'stopped', entities: [], rowsTotal: 400, rowsDone: 400, setAside: 4 },
];

describe('the head of the problems', () => {
  test('before anything moved', () => {
    expect(headOf(null, []).key).toBe('nothingMoved');
  });

  test('a gate names the kind of record that is furthest beyond its limit, with every whole', () => {
    const run = runOf({
      ...{ gateClosed: true, byLevel: stoppedAt(2) },
      entities: [
        entity('offices', 2, { setAside: 3, limit: 0.01 }),
        entity('people', 2, { setAside: 1, limit: 0.01 }),
        entity('cases', 1, { setAside: 9, limit: 0.01 }),
      ],
    });
    expect(headOf(run, [{ entity: 'offices', rows: 3 }])).toEqual({
      key: 'stopped',
      values: {
        level: 2,
        setAside: 4,
        rows: 400,
        title: 'offices',
        held: 3,
        all: 200,
        share: 0.015,
        limit: 0.01,
      },
    });
  });

  test('where none is allowed, no share is told', () => {
    const entities = [entity('payments', 2, { setAside: 1, limit: 0 })];
    const run = runOf({ gateClosed: true, byLevel: stoppedAt(2), entities });
    expect(headOf(run, [{ entity: 'payments', rows: 1 }]).key).toBe('stoppedNone');
  });

  test('rows of other levels do not keep a gate closed', () => {
    const entities = [
      entity('payments', 2, { setAside: 0, limit: 0 }),
      entity('messages', 1, { setAside: 1, limit: 0.01 }),
    ];
    const run = runOf({ gateClosed: true, byLevel: stoppedAt(2), entities });
    expect(headOf(run, [{ entity: 'messages', rows: 1 }]).key).toBe('solved');
  });

  test('what is left within the limit does not keep it closed, unless nobody knows the limit', () => {
    const left = { gateClosed: true, byLevel: stoppedAt(2) };
    const cards = [{ entity: 'people', rows: 1 }];
    const known = [entity('people', 2, { setAside: 1, limit: 0.01 })];
    expect(headOf(runOf({ ...left, entities: known }), cards).key).toBe('within');
    const unknown = [entity('people', 2, { setAside: 1, limit: null })];
    expect(headOf(runOf({ ...left, entities: unknown }), cards).key).toBe('stoppedNoLimit');
  });

  test('an empty list says that it can still change, while levels have not finished', () => {
    expect(headOf(runOf({}), [])).toEqual({ key: 'noneSoFar', values: { done: 400, rows: 900, open: 1 } });
    expect(headOf(runOf({ level: 2 }), []).key).toBe('none');
  });

  test('every head has its words', () => {
    const keys = [
      'nothingMoved',
      'solved',
      'within',
      'stopped',
      'stoppedNone',
      'stoppedNoLimit',
      'some',
      'none',
      'noneSoFar',
    ];
    expect(Object.keys(english.problems.head).sort()).toEqual(keys.sort());
  });
});

test('what stops the move comes first, then what concerns most rows', () => {
  const run = runOf({
    ...{ gateClosed: true, byLevel: stoppedAt(2) },
    entities: [entity('a', 1, { setAside: 9, limit: 1 }), entity('b', 2, { setAside: 2, limit: 0 })],
  });
  const cards = [
    { entity: 'a', rows: 9 },
    { entity: 'b', rows: 1 },
    { entity: 'b', rows: 2 },
  ];
  expect(ordered(run, cards).map(({ entity: name, rows }) => `${name}${rows}`)).toEqual(['b2', 'b1', 'a9']);
});

test.each([
  ['too-long', 'tooLong'],
  ['23505', 'other'],
  ['constructor', 'other'],
])('the cause %s has the title %s', (reason, key) => {
  expect(titleKeyOf(reason)).toBe(key);
  expect(Object.keys(english.problems.card.title)).toContain(key);
});

test('a link is called by what it points to', () => {
  expect(fieldOf('patient_id')).toBe('patient');
  expect(fieldOf('birth_date')).toBe('birth date');
});
