/** What is drawn comes again with the same seed, reaches every kind of fault, and lies within what can happen. */
import { expect, test } from 'vitest';
import { drawSchedule } from './draw-schedule.ts';
import { namedPoints } from './failpoint-table.ts';
import { faultsOf } from './schedule.ts';

const many = Array.from({ length: 600 }, (_, i) => drawSchedule(7, i + 1, { diskFull: true }));

test('the same seed and number is the same trial, another is another', () => {
  expect(drawSchedule(7, 3, { diskFull: true })).toEqual(many[2]);
  expect(drawSchedule(8, 3, { diskFull: true })).not.toEqual(many[2]);
  expect(new Set(many.map((schedule) => JSON.stringify({ ...schedule, number: 0 }))).size).toBeGreaterThan(
    590,
  );
});

test('every kind of fault comes up, on both sides, and every ending', () => {
  const faults = many.flatMap(faultsOf);
  expect([...new Set(faults.map(({ kind }) => kind))].sort()).toEqual([
    'clock',
    'deadlock',
    'disk-full',
    'kill-process',
    'kill-server',
    'lock',
    'network',
    'read-only',
    'restart-server',
    'server-error',
    'source-changes',
    'statement-timeout',
    'terminate',
  ]);
  const network = faults.filter((fault) => fault.kind === 'network');
  expect([...new Set(network.map(({ side, fault }) => `${side} ${fault.kind}`))]).toHaveLength(14);
  expect([...new Set(many.map(({ ending }) => ending))]).toHaveLength(5);
  expect(many.every((schedule) => faultsOf(schedule).length >= 1 && faultsOf(schedule).length <= 4)).toBe(
    true,
  );
});

test('every named point that a trial passes is drawn', () => {
  const drawn = new Set(
    many.flatMap(faultsOf).flatMap((fault) => ('failpoint' in fault ? [fault.failpoint] : [])),
  );
  const passed = namedPoints.filter(({ passage }) => !['existing-target', 'edited-plan'].includes(passage));
  expect(passed.map(({ name }) => name).filter((name) => !drawn.has(name))).toEqual([]);
});

test('where no disk can be mounted, none is to be filled', () => {
  const faults = many.flatMap(({ number }) => faultsOf(drawSchedule(7, number, { diskFull: false })));
  expect(faults.filter(({ kind }) => kind === 'disk-full')).toEqual([]);
});
