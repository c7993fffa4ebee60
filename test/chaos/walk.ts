/**
 * What a trial is by its number alone, so that no run depends on luck. Twelve trials, the bounded form, hold every ending, every kind
 * of fault and every damage. Further rounds of twelve turn these against each other, and walk the named points: each is where the
 * process is killed, then the target server, then the source server; 300 trials kill all three at every point.
 */
import { type NamedPoint, type Passage, passedPoints } from './failpoint-table.ts';
import { DAMAGES, type Damage, type Ending, type FaultKind, type Side, type World } from './schedule.ts';

export const ROUND = 12;

export type Victim = 'process' | Side;
const VICTIMS: readonly Victim[] = ['process', 'target', 'source'];

/** A round meets early and late points; it has no divisor in common with the number of any passage's points. */
const STRIDE = 13;

interface Place {
  readonly ending: Ending;
  readonly world: World;
  /** What the killing walks through: in the first command, or in that of the ending. */
  readonly passages: readonly Passage[];
  readonly atEnd: boolean;
  /** How many other kinds of faults strike in the first command. */
  readonly kinds: number;
  readonly damaged: boolean;
  readonly sourceChanges?: boolean;
}

const moved: Place = {
  ...{ ending: 'complete', world: 'sample', passages: ['move', 'proof'], atEnd: false },
  ...{ kinds: 0, damaged: true },
};
const undone: Place = {
  ...moved,
  ending: 'rollback',
  passages: ['undo'],
  atEnd: true,
  kinds: 1,
  damaged: false,
};

const places: readonly Place[] = [
  { ...moved, damaged: false, sourceChanges: true },
  undone,
  { ...moved, kinds: 1 },
  { ...undone, ending: 'replay', passages: ['replay'], kinds: 2 },
  moved,
  { ...undone, ending: 'rollback-and-again', damaged: true },
  { ...moved, kinds: 1 },
  { ...undone, ending: 'restart', passages: ['repeat'], damaged: true },
  { ...moved, kinds: 1 },
  { ...undone, world: 'shop', passages: ['shop-undo', 'undo'] },
  { ...moved, kinds: 1 },
  { ...moved, world: 'shop', passages: ['shop-move'], kinds: 1, damaged: false },
];

/** The network twice, since it has most ways to fail; changes of the source have a place of their own. */
const OTHERS: readonly FaultKind[] = [
  'network',
  'restart-server',
  'lock',
  'terminate',
  'read-only',
  'server-error',
  'deadlock',
  'disk-full',
  'clock',
  'statement-timeout',
  'network',
];

export interface Walk {
  readonly ending: Ending;
  readonly world: World;
  readonly kill: { readonly point: NamedPoint; readonly victim: Victim; readonly atEnd: boolean };
  readonly kinds: readonly FaultKind[];
  readonly damage: Damage | null;
  readonly othersWrite: boolean;
  readonly dryRun: boolean;
}

/** `number` from 1. */
export function walkOf(number: number): Walk {
  const at = (number - 1) % ROUND;
  const round = Math.floor((number - 1) / ROUND);
  const place = places[at]!;
  const othersWrite = isLeft(place, round);
  return {
    ending: place.ending,
    world: place.world,
    kill: { ...killOf(place, round, othersWrite), atEnd: place.atEnd },
    kinds: [...(place.sourceChanges ? (['source-changes'] as const) : []), ...othersOf(at, round)],
    damage: place.damaged ? damageOf(at, round) : null,
    othersWrite,
    dryRun: at === 8,
  };
}

/** Every fourth round of the shop's undoing. */
function isLeft({ world, atEnd }: Place, round: number): boolean {
  return world === 'shop' && atEnd && round % 4 === 3;
}

function killOf(place: Place, round: number, othersWrite: boolean): Pick<Walk['kill'], 'point' | 'victim'> {
  const passages: readonly Passage[] = othersWrite ? ['shop-left'] : place.passages;
  const points = passedPoints.filter(({ passage }) => passages.includes(passage));
  const step = stepOf(place, round, othersWrite);
  return {
    point: points[(Math.floor(step / VICTIMS.length) * STRIDE) % points.length]!,
    victim: VICTIMS[step % VICTIMS.length]!,
  };
}

/** How many places of the same passages came before. */
function stepOf(place: Place, round: number, othersWrite: boolean): number {
  if (othersWrite) return Math.floor(round / 4);
  const same = places.filter(({ passages }) => passages.join() === place.passages.join());
  const left = Array.from({ length: round }, (_, n) => n).filter((n) => isLeft(place, n)).length;
  return (round - left) * same.length + same.indexOf(place);
}

/** In the order of the places, turned by one each round; a disk that fills up needs tables that the run makes. */
function othersOf(at: number, round: number): FaultKind[] {
  const before = places.slice(0, at).reduce((sum, { kinds }) => sum + kinds, 0);
  const turned = OTHERS.map((_, n) => OTHERS[(n + round) % OTHERS.length]!);
  const disk = turned.indexOf('disk-full');
  if (placeOf(disk).world === 'shop') [turned[disk], turned[disk - 1]] = [turned[disk - 1]!, 'disk-full'];
  return turned.slice(before, before + places[at]!.kinds);
}

function placeOf(slot: number): Place {
  let left = slot;
  for (const place of places) {
    if (left < place.kinds) return place;
    left -= place.kinds;
  }
  throw new Error('there are more kinds than places for them');
}

function damageOf(at: number, round: number): Damage {
  const before = places.slice(0, at).filter(({ damaged }) => damaged).length;
  return DAMAGES[(before + round) % DAMAGES.length]!;
}
