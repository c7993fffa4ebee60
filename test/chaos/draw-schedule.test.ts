/** What is drawn comes again with the same seed; the bounded form lacks nothing, and 300 trials kill everybody everywhere. */
import { expect, test } from 'vitest';
import { drawSchedule } from './draw-schedule.ts';
import { passedPoints } from './failpoint-table.ts';
import { DAMAGES, type Fault, type FaultKind, faultsOf, type Schedule } from './schedule.ts';
import { ROUND } from './walk.ts';

const draw = (seed: number, count: number, diskFull = true) =>
  Array.from({ length: count }, (_, i) => drawSchedule(seed, i + 1, { diskFull }));
const many = draw(7, 300);

const KINDS: readonly FaultKind[] = [
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
];

test('the same seed and number is the same trial, another is another', () => {
  expect(drawSchedule(7, 3, { diskFull: true })).toEqual(many[2]);
  expect(drawSchedule(8, 3, { diskFull: true })).not.toEqual(many[2]);
  expect(new Set(many.map((schedule) => JSON.stringify({ ...schedule, number: 0 }))).size).toBe(300);
});

/** Every round of twelve, whatever the seed; without the faults of resumes, to which it may not come. */
test.each([1, 2, 3, 20_261_121, 4_711])('seed %i: the bounded form lacks nothing', (seed) => {
  const trials = draw(seed, 60);
  for (let first = 0; first < trials.length; first += ROUND) {
    const round = trials.slice(first, first + ROUND);
    expect(sure(round).map(({ kind }) => kind)).toEqual(expect.arrayContaining([...KINDS]));
    expect(new Set(round.map(({ ending }) => ending)).size).toBe(5);
    expect(new Set(round.map(({ world }) => world)).size).toBe(2);
    expect(round.map(({ damage }) => damage)).toEqual(expect.arrayContaining([...DAMAGES]));
    expect(round.some(({ dryRun }) => dryRun)).toBe(true);
  }
});

test('a target that held rows is taken back, also where others wrote', () => {
  const taken = many.filter(({ ending, world }) => ending === 'rollback' && world === 'shop');
  expect(taken.length).toBe(25);
  expect(taken.filter(({ othersWrite }) => othersWrite).length).toBe(6);
  expect(many.filter(({ othersWrite }) => othersWrite).every((one) => taken.includes(one))).toBe(true);
});

test.each([
  ['the process', (fault: Fault) => fault.kind === 'kill-process'],
  ['the old server', (fault: Fault) => fault.kind === 'kill-server' && fault.side === 'source'],
  ['the new server', (fault: Fault) => fault.kind === 'kill-server' && fault.side === 'target'],
] as const)('300 trials kill %s at every named point', (_, isOne) => {
  const killed = new Set(
    sure(many)
      .filter(isOne)
      .map((fault) => ('failpoint' in fault ? fault.failpoint : '')),
  );
  expect(passedPoints.map(({ name }) => name).filter((name) => !killed.has(name))).toEqual([]);
});

test('every way in which the network fails comes up on both sides', () => {
  const network = many.flatMap(faultsOf).filter((fault) => fault.kind === 'network');
  expect(new Set(network.map(({ side, fault }) => `${side} ${fault.kind}`)).size).toBe(14);
});

test('what cannot be asked is not drawn: damage and replay where the source changed, a disk where none can be mounted', () => {
  const asked = many.filter(({ damage, ending }) => damage !== null || ending === 'replay');
  expect(asked.flatMap(faultsOf).filter(({ kind }) => kind === 'source-changes')).toEqual([]);
  const faults = draw(7, 60, false).flatMap(faultsOf);
  expect(faults.filter(({ kind }) => kind === 'disk-full')).toEqual([]);
});

const sure = (trials: readonly Schedule[]) =>
  trials.flatMap(({ commands, atEnd }) => [...commands[0]!, ...atEnd]);
