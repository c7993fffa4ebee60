/**
 * Draws a trial. What is drawn depends on the seed and the number alone, so that a trial that failed can be played again.
 * What must come up in every run is not left to luck: walk.ts says, by the number, how the trial ends and what surely strikes in it.
 * What else strikes, and all the moments, are drawn.
 */
import { BYTES, drawNetwork } from './draw-network.ts';
import { namedPoints, type Passage } from './failpoint-table.ts';
import { createDraws, type Draws } from './random.ts';
import type { AtPoint, Fault, FaultKind, Schedule, Side, World } from './schedule.ts';
import { type Walk, walkOf } from './walk.ts';

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

export interface Can {
  readonly diskFull: boolean;
}

/** What is not to be drawn in a trial, and what its moments are measured by. */
interface Ground {
  readonly world: World;
  readonly never: ReadonlySet<FaultKind>;
}

const EARLY = /^(run\.(created|entered|approval-used|approved)|table\.created|entity\.(deduped|matched))$/;

/** The shop is a tenth of the sample. */
const SHARE: Readonly<Record<World, number>> = { sample: 1, shop: 0.1 };

export function drawSchedule(seed: number, number: number, can: Can): Schedule {
  const draws = createDraws(seed, number);
  const walk = walkOf(number);
  const never = new Set<FaultKind>([
    ...(can.diskFull && walk.world === 'sample' ? [] : (['disk-full'] as const)),
    // where the source changed, nothing is damaged or replayed, and the shop has no rows that may change
    ...(walk.damage !== null || walk.ending === 'replay' || walk.world === 'shop'
      ? (['source-changes'] as const)
      : []),
  ]);
  const ground = { world: walk.world, never };
  const first: Fault[] = [];
  const atEnd: Fault[] = [];
  const killed = killAt(draws, walk.kill, SHARE[walk.world]);
  if (walk.kill.atEnd) atEnd.push(killed);
  else first.push(killed);
  const others = walk.kinds.map((kind) =>
    drawFault(draws, never.has(kind) ? 'read-only' : kind, 'move', ground),
  );
  first.push(...others);
  if (walk.ending === 'restart')
    first.push({ kind: 'kill-process', failpoint: 'batch.after-commit', hit: draws.whole(10, 70) });
  const resumed = isEarly(killed) && !walk.kill.atEnd ? [others] : [];
  return {
    number,
    world: walk.world,
    batchSize: walk.world === 'shop' ? 97 : draws.one([80, 150, 250, 500]),
    concurrency: draws.whole(1, 4),
    dryRun: walk.dryRun,
    // a run is repeated from a batch on only where it did not come to its end
    commands: walk.ending === 'restart' ? [first] : [first, ...resumed, ...drawMore(draws, ground)],
    ending: walk.ending,
    atEnd,
    damage: walk.damage,
    othersWrite: walk.othersWrite,
    again: draws.chance(0.25),
  };
}

/** Nothing else comes to its moment before it: then it comes in the resume. */
function isEarly(fault: Fault): boolean {
  return 'failpoint' in fault && EARLY.test(fault.failpoint);
}

/** What happens during the resumes, where there are any. */
function drawMore(draws: Draws, ground: Ground): Fault[][] {
  const commands: Fault[][] = [];
  for (let n = draws.one([0, 0, 0, 1, 1, 2]); n > 0; n--) {
    const fault = drawFault(draws, drawKind(draws, ground), draws.chance(0.15) ? 'proof' : 'move', ground);
    if (commands.length === 0 || draws.chance(0.5)) commands.push([fault]);
    else commands.at(-1)!.push(fault);
  }
  return commands;
}

/** Not among the last times that it is passed: faster batches pass it less often. */
function killAt(draws: Draws, { point, victim }: Walk['kill'], share: number): Fault {
  const at = {
    failpoint: point.name,
    hit: draws.whole(1, Math.max(1, Math.floor(point.hits * share * 0.4))),
  };
  if (victim === 'process') return { kind: 'kill-process', ...at };
  return { kind: 'kill-server', side: victim, down: draws.one([0, 200, 1_000]), ...at };
}

function drawKind(draws: Draws, { never }: Ground): FaultKind {
  const kinds = (Object.entries(weights) as [FaultKind, number][]).filter(([kind]) => !never.has(kind));
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

function drawFault(draws: Draws, kind: FaultKind, passage: Passage, { world }: Ground): Fault {
  const share = SHARE[world];
  const point = (): AtPoint => drawPoint(draws, passage, share);
  // the later the moment, the likelier that the command has ended before
  const progress = { bytes: Math.round(share * draws.spread(120_000, 0.7 * BYTES.target['to-server'])) };
  const side = draws.one<Side>(['source', 'target', 'target']);
  switch (kind) {
    case 'network':
      return drawNetwork(draws, { side: draws.one<Side>(['source', 'target']), share });
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
      return { kind, leave: draws.one([0, 1, 2]), during: draws.whole(500, 1_500), ...progress };
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

function drawPoint(draws: Draws, passage: Passage, share: number): AtPoint {
  const { name, hits } = draws.one(namedPoints.filter((point) => point.passage === passage));
  return { failpoint: name, hit: draws.whole(1, Math.max(1, Math.floor(hits * share))) };
}
