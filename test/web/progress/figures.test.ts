import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beyondLimit } from '../../../web/screens/progress/beyond-limit.ts';
import { newestFirst } from '../../../web/screens/progress/newest-first.ts';
import { paceFacts } from '../../../web/screens/progress/pace.ts';
import { levelNow, partsOfRun } from '../../../web/screens/progress/parts-of-run.ts';
import { phaseOf } from '../../../web/screens/progress/phase.ts';
import { sameCauses } from '../../../web/screens/progress/same-causes.ts';
import { sampled } from '../../../web/screens/progress/sampled.ts';
import { sharesOf } from '../../../web/screens/progress/shares.ts';
import { durationOf, timeLeftOf } from '../../../web/screens/progress/time-left.ts';

describe('shares in percent', () => {
  test('never nothing of something, never all of not everything', () => {
    expect(sharesOf([1, 99_999], 100_000)).toEqual([
      { percent: 1, is: 'under' },
      { percent: 99, is: 'over' },
    ]);
    expect(sharesOf([0, 100], 100)).toEqual([
      { percent: 0, is: 'exact' },
      { percent: 100, is: 'exact' },
    ]);
    expect(sharesOf([0], 0)).toEqual([{ percent: 0, is: 'exact' }]);
  });

  test('whole numbers add up to a hundred', () => {
    const part = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const whole = parts.reduce((sum, one) => sum + one, 0);
        const shares = sharesOf(parts, whole);
        shares.forEach(({ percent, is }, index) => {
          if (parts[index]! < whole && is === 'exact') expect(percent).toBeLessThan(100);
          if (parts[index]! > 0) expect(percent).toBeGreaterThan(0);
        });
        if (whole > 0 && shares.every(({ is }) => is === 'exact'))
          expect(shares.reduce((sum, { percent }) => sum + percent, 0)).toBe(100);
      }),
    );
  });
});

describe('time left', () => {
  test('is said in the unit of its far end', () => {
    expect(timeLeftOf({ low: 15, likely: 23, high: 35 })).toEqual({
      unit: 'seconds',
      low: 15,
      likely: 23,
      high: 35,
    });
    expect(timeLeftOf({ low: 50, likely: 63, high: 90 + 60 }).unit, 'not between 0 and 3 minutes').toBe(
      'seconds',
    );
    expect(timeLeftOf({ low: 360, likely: 438, high: 600 })).toEqual({
      unit: 'minutes',
      low: 6,
      likely: 7,
      high: 10,
    });
    expect(timeLeftOf({ low: 4500, likely: 5678, high: 7980 })).toEqual({
      unit: 'hours',
      low: 1,
      likely: 1.5,
      high: 2.5,
    });
  });

  test('rounding never makes the range narrower', () => {
    const seconds = fc.integer({ min: 0, max: 400_000 });
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const said = timeLeftOf({ low, likely: low, high });
        const per = { seconds: 1, minutes: 60, hours: 3600 }[said.unit];
        expect(said.low * per).toBeLessThanOrEqual(low);
        expect(said.high * per).toBeGreaterThanOrEqual(high);
      }),
    );
  });

  test('how long it has been running', () => {
    expect(durationOf(93_000)).toEqual({ unit: 'seconds', value: 93 });
    expect(durationOf(11 * 60_000 + 59_000)).toEqual({ unit: 'minutes', value: 11 });
    expect(durationOf(-5)).toEqual({ unit: 'seconds', value: 0 });
  });
});

describe('what a run is doing', () => {
  const error = (code: string) => ({ code, message: '', hint: '' });
  const of = (state: string, more: Partial<Parameters<typeof phaseOf>[0]> = {}) =>
    phaseOf({ state, alive: false, gateClosed: false, error: null, ...more });

  test('alive or not makes the difference', () => {
    expect(of('copying', { alive: true })).toBe('moving');
    // the state it was left in holds until the process that goes on has taken it up
    expect(of('failed', { alive: true })).toBe('moving');
    expect(of('copying', { error: error('RUN_INTERRUPTED') })).toBe('interrupted');
    expect(of('validating', { alive: true })).toBe('checking');
  });

  test('a closed gate is a stop of its own, also where the run waits at it', () => {
    const gate = { gateClosed: true, error: error('GATE_CLOSED') };
    expect(of('failed', gate)).toBe('gate');
    expect(of('paused', gate)).toBe('gate');
    expect(of('paused')).toBe('paused');
    expect(of('failed', { error: error('SOURCE_AWAY') })).toBe('failed');
  });

  test('only a completed run is finished', () => {
    expect(of('completed')).toBe('finished');
    expect(of('copied')).toBe('copied');
    expect(of('copied', { error: error('VALIDATION_FAILED') })).toBe('failed');
    expect(of('rolled-back', { error: error('GATE_CLOSED'), gateClosed: true })).toBe('undone');
    expect(of('cancelled')).toBe('cancelled');
  });
});

describe('parts of a run', () => {
  const level = { entities: [], rowsTotal: 100, setAside: 0 };
  const byLevel = [
    { ...level, level: 1, state: 'passed' as const, rowsDone: 100, setAside: 10 },
    { ...level, level: 2, state: 'checking' as const, rowsDone: 100 },
    { ...level, level: 3, state: 'to-do' as const, rowsDone: 0 },
  ];

  test('nothing is checked before its gate, and rows set aside are not copied', () => {
    expect(partsOfRun({ byLevel })).toEqual({
      checked: 90,
      copied: 100,
      setAside: 10,
      toDo: 100,
      whole: 300,
    });
  });

  test('the level it is at is the first whose gate has not opened', () => {
    expect(levelNow(byLevel)?.level).toBe(2);
    expect(levelNow([])).toBeNull();
  });

  test('beyond the limit: where none may be, one is too many', () => {
    const entity = { level: 1, rowsDone: 100, limit: 0.01 };
    const all = [
      { ...entity, name: 'at the limit', setAside: 1 },
      { ...entity, name: 'beyond', setAside: 2 },
      { ...entity, name: 'money', setAside: 1, limit: 0 },
      { ...entity, name: 'plan not kept', setAside: 50, limit: null },
      { ...entity, name: 'other level', setAside: 50, level: 2 },
    ];
    expect(beyondLimit(all, 1).map(({ name }) => name)).toEqual(['beyond', 'money']);
  });

  test('causes that read the same are told once with all their rows', () => {
    const cause = { explanation: 'too long', suggestion: null, loses: null, advice: 'correct it' };
    const told = sameCauses([
      { ...cause, id: 'a', rows: 1 },
      { ...cause, id: 'b', rows: 3, explanation: 'points nowhere' },
      { ...cause, id: 'c', rows: 4 },
    ]);
    expect(told.map(({ id, rows }) => [id, rows])).toEqual([
      ['a', 5],
      ['b', 3],
    ]);
  });
});

describe('lists and lines stay short', () => {
  test('ten thousand events are as many as fifty, the newest first, each with a key of its own', () => {
    const events = Array.from({ length: 10_000 }, (_, index) => ({ what: `event ${index % 7}`, index }));
    const listed = newestFirst(events, { most: 50, name: ({ what }) => what });
    expect(listed).toHaveLength(50);
    expect(listed[0]?.item.index).toBe(9999);
    expect(new Set(listed.map(({ key }) => key)).size).toBe(50);
  });

  test('an event keeps its key when a newer one comes', () => {
    const name = (what: string) => what;
    const before = newestFirst(['a', 'b'], { most: 5, name });
    const after = newestFirst(['a', 'b', 'a'], { most: 5, name });
    expect(after.slice(1)).toEqual(before);
  });

  test('samples keep the first and the last', () => {
    expect(sampled([1, 2, 3], 12)).toEqual([1, 2, 3]);
    const few = sampled(
      Array.from({ length: 240 }, (_, index) => index),
      12,
    );
    expect([few.length, few[0], few.at(-1)]).toEqual([12, 0, 239]);
  });

  test('the chart in words', () => {
    const at = (second: number, rowsPerSecond: number) => ({
      at: new Date(second * 1000).toISOString(),
      rowsPerSecond,
    });
    expect(paceFacts([at(0, 10)], 10)).toBeNull();
    const facts = paceFacts([at(0, 90), at(1, 100), at(2, 20), at(3, 110)], 80);
    expect(facts).toMatchObject({ least: 20, most: 110, last: 110, dip: { rowsPerSecond: 20 } });
    expect(paceFacts([at(0, 90), at(1, 70), at(2, 110)], 80)?.dip).toBeNull();
  });
});
