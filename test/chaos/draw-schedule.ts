/** Draws a trial. What is drawn depends on the seed and the number alone, so that a trial that failed can be played again. */
import type { Direction, Moment, NetworkFault } from '../../engine/rehearsal/chaos/fault-proxy.ts';
import { namedPoints, type Passage } from './failpoint-table.ts';
import { createDraws, type Draws } from './random.ts';
import type { AtPoint, Damage, Ending, Fault, FaultKind, Schedule, Side } from './schedule.ts';

/** About what one move of the sample sends; measured, so that moments lie within it and not behind it. */
const BYTES = {
  source: { 'to-server': 150_000, 'to-client': 4_000_000 },
  target: { 'to-server': 3_500_000, 'to-client': 2_000_000 },
} as const;
/** The same within COPY. */
const COPY_BYTES = { source: 1_500_000, target: 2_500_000 } as const;

const weights: Readonly<Record<FaultKind, number>> = {
  network: 30,
  'kill-process': 22,
  'kill-server': 6,
  'restart-server': 3,
  'server-error': 7,
  clock: 3,
  'disk-full': 4,
  'read-only': 4,
  'statement-timeout': 4,
  deadlock: 4,
  lock: 5,
  terminate: 5,
  'source-changes': 6,
};

const CODES = [
  '40001',
  '40P01',
  '08006',
  '57P01',
  '53200',
  '53300',
  '55P03',
  '57014',
  'XX000',
  'ECONNRESET',
  'EPIPE',
];

export function drawSchedule(seed: number, number: number, can: { readonly diskFull: boolean }): Schedule {
  const draws = createDraws(seed, number);
  const count = draws.one([1, 1, 2, 2, 3, 4]);
  const ending = drawEnding(draws);
  const takenBack = ending !== 'complete';
  const atEnd: Fault[] = [];
  const commands: [Fault[], ...Fault[][]] = [[]];
  // a run is repeated from a batch on only where it did not come to its end
  if (ending === 'restart')
    commands[0].push({ kind: 'kill-process', failpoint: 'batch.after-commit', hit: draws.whole(10, 70) });
  for (let n = commands[0].length; n < count; n++) {
    if (takenBack && n > 0 && draws.chance(0.35)) {
      atEnd.push(drawFault(draws, passageOf(ending), can));
      continue;
    }
    if (n > 0 && draws.chance(0.25)) commands.push([]);
    commands.at(-1)!.push(drawFault(draws, draws.chance(0.15) ? 'proof' : 'move', can));
  }
  return {
    number,
    batchSize: draws.one([80, 150, 250, 500]),
    concurrency: draws.whole(1, 4),
    dryRun: draws.chance(0.08),
    commands,
    ending,
    atEnd,
    damage: ending === 'complete' && draws.chance(0.6) ? drawDamage(draws) : null,
    again: draws.chance(0.25),
  };
}

function drawEnding(draws: Draws): Ending {
  return draws.one<Ending>([
    ...Array<Ending>(11).fill('complete'),
    ...Array<Ending>(4).fill('rollback'),
    'rollback-and-again',
    ...Array<Ending>(2).fill('replay'),
    ...Array<Ending>(2).fill('restart'),
  ]);
}

function passageOf(ending: Ending): Passage {
  if (ending === 'restart') return 'repeat';
  return ending === 'replay' ? 'replay' : 'undo';
}

function drawDamage(draws: Draws): Damage {
  return draws.one<Damage>([
    'changed-value',
    'deleted-row',
    'swapped-reference',
    'lost-pair',
    'forgotten-quarantine',
  ]);
}

function drawKind(draws: Draws): FaultKind {
  const kinds = Object.entries(weights) as [FaultKind, number][];
  let left = draws.whole(
    1,
    kinds.reduce((sum, [, weight]) => sum + weight, 0),
  );
  for (const [kind, weight] of kinds) {
    left -= weight;
    if (left <= 0) return kind;
  }
  throw new Error('the weights have no end');
}

function drawFault(draws: Draws, passage: Passage, can: { readonly diskFull: boolean }): Fault {
  const kind = drawKind(draws);
  const point = (): AtPoint => drawPoint(draws, passage);
  const progress = { bytes: draws.spread(60_000, BYTES.target['to-server']) };
  const side = draws.one<Side>(['source', 'target', 'target']);
  switch (kind) {
    case 'network':
      return drawNetwork(draws, draws.one<Side>(['source', 'target']));
    case 'kill-process':
      return { kind, ...point() };
    case 'kill-server':
      return { kind, side, down: draws.one([0, 200, 1_500]), ...point() };
    case 'restart-server':
      return { kind, side, down: draws.one([0, 300]), ...progress };
    case 'server-error':
      return { kind, code: draws.one(CODES), ...point() };
    case 'clock':
      return {
        kind,
        milliseconds: draws.one([-86_400_000, -3_600_000, -2_000, 90_000, 7_200_000]),
        ...point(),
      };
    case 'disk-full':
      if (!can.diskFull) return { kind: 'read-only', during: 600, ...progress };
      return { kind, leave: draws.one([0, 1, 2]), during: draws.whole(300, 1_500), ...progress };
    case 'read-only':
      return { kind, during: draws.whole(200, 1_500), ...progress };
    case 'statement-timeout':
      return { kind, side, times: draws.whole(1, 12), ...progress };
    case 'lock':
      return { kind, side, table: draws.whole(0, 999), during: draws.whole(200, 2_500), ...progress };
    case 'terminate':
      return { kind, side, which: draws.one(['one', 'all']), ...progress };
    case 'source-changes':
      return { kind, rows: draws.whole(1, 12), ...progress };
    case 'deadlock':
      return { kind, ...progress };
  }
}

function drawPoint(draws: Draws, passage: Passage): AtPoint {
  const points = namedPoints.filter((point) => point.passage === passage);
  const { name, hits } = draws.one(
    points.length > 0 ? points : namedPoints.filter((p) => p.passage === 'move'),
  );
  return { failpoint: name, hit: draws.whole(1, hits) };
}

function drawNetwork(draws: Draws, side: Side): Fault {
  const fault = drawNetworkFault(draws);
  const direction: Direction = draws.one<Direction>(['to-server', 'to-client']);
  const ofNew = fault.kind === 'refuse' || fault.kind === 'unanswered';
  const inCopy: Moment = {
    copyBytes: draws.spread(2_000, COPY_BYTES[side]),
    direction: side === 'source' ? 'to-client' : 'to-server',
  };
  const anywhere: Moment = { bytes: draws.spread(1_000, BYTES[side][direction]), direction };
  const opening: Moment = { connections: draws.whole(1, 14) };
  const moment = ofNew ? draws.one([opening, anywhere]) : draws.one([inCopy, inCopy, anywhere, opening]);
  return { kind: 'network', side, fault, moment, reach: draws.one(['one', 'all']) };
}

function drawNetworkFault(draws: Draws): NetworkFault {
  switch (
    draws.one(['cut', 'cut', 'reset', 'reset', 'stall', 'half-open', 'slow', 'refuse', 'unanswered'] as const)
  ) {
    case 'cut':
      return { kind: 'cut' };
    case 'reset':
      return { kind: 'reset' };
    case 'stall':
      return { kind: 'stall', milliseconds: draws.whole(100, 2_500) };
    case 'half-open':
      return { kind: 'half-open', dead: draws.one(['to-server', 'to-client', 'both'] as const) };
    case 'slow':
      return {
        kind: 'slow',
        bytesPerSecond: draws.spread(2_000, 200_000),
        milliseconds: draws.whole(300, 2_000),
      };
    case 'refuse':
      return { kind: 'refuse', milliseconds: draws.whole(100, 2_000) };
    case 'unanswered':
      return { kind: 'unanswered', milliseconds: draws.whole(100, 1_500) };
  }
}
