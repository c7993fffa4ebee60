/**
 * Which faults strike in which move, and when: drawn from the seed and from the places that an undisturbed move of the same
 * sample came past, so that the same seed draws the same faults. Lanes run beside each other, so a place that several pass is
 * reached by whichever comes first: the faults are the same, their victims may be others.
 */
import { type FaultKind, faultKinds } from '../../contract/chaos.ts';
import { createDraw, type Draw } from './draw.ts';

export type Side = 'source' | 'target';

export interface DrawnFault {
  readonly kind: FaultKind;
  readonly side: Side;
  /** A named place of the engine (core/failpoints.ts), and at which passing of it in this move. */
  readonly place: string;
  readonly passing: number;
  /** Of failures: the SQLSTATE or errno. */
  readonly code: string;
  /** How long it lasts, where it lasts. */
  readonly milliseconds: number;
  /** Of a reset in COPY: behind so many bytes. */
  readonly bytes: number;
  readonly bytesPerSecond: number;
  readonly dead: 'to-server' | 'to-client' | 'both';
}

/** Place → how often an undisturbed move passed it. */
export type Passings = ReadonlyMap<string, number>;

/** More would hide which of them a move could not bear. */
const MOST_IN_A_MOVE = 4;

/** What a moment later may not happen again: serialisation, deadlock, lock, shutdown, connection, memory, and two of sockets. */
const PASSING_CODES = ['40001', '40P01', '55P03', '57P01', '08006', '53200', 'ECONNRESET', 'EPIPE'];

export function drawFaults(seed: number, faults: number, passings: Passings): DrawnFault[][] {
  const draw = createDraw(seed);
  const kinds: FaultKind[] = [];
  while (kinds.length < faults) kinds.push(...draw.shuffled(faultKinds));
  const left = kinds.slice(0, faults);
  const moves: DrawnFault[][] = [];
  while (left.length > 0) {
    const ofMove = left.splice(0, draw.between(1, MOST_IN_A_MOVE));
    moves.push(ofMove.map((kind) => drawFault(draw, kind, passings)));
  }
  return moves;
}

function drawFault(draw: Draw, kind: FaultKind, passings: Passings): DrawnFault {
  const places = [...passings.keys()].sort().filter((place) => fits(kind, place));
  const place = places.length === 0 ? 'batch.begun' : draw.one(places);
  return {
    kind,
    side: draw.one<Side>(['source', 'target']),
    place,
    passing: draw.between(1, passings.get(place) ?? 1),
    code: draw.one(PASSING_CODES),
    milliseconds: draw.between(300, 1500),
    bytes: draw.between(0, 2000),
    bytesPerSecond: draw.between(20_000, 200_000),
    dead: draw.one(['to-server', 'to-client', 'both']),
  };
}

function fits(kind: FaultKind, place: string): boolean {
  const inBatch = place.startsWith('batch.');
  if (kind === 'failed-batch') return inBatch && place !== 'batch.after-commit';
  if (kind === 'failed-step') return !inBatch;
  // while rows are copied: a pause is asked for between batches, and only there bytes of COPY follow
  if (kind === 'paused' || kind === 'reset-in-copy') return inBatch;
  return true;
}
