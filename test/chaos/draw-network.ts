/** Draws what a network does, and when. */
import type { Direction, Moment, NetworkFault } from '../../engine/rehearsal/chaos/fault-proxy.ts';
import type { Draws } from './random.ts';
import type { Fault, Side } from './schedule.ts';

/** About what one move of the sample sends; measured, so that moments lie within it and not behind it. */
export const BYTES = {
  source: { 'to-server': 150_000, 'to-client': 4_000_000 },
  target: { 'to-server': 3_500_000, 'to-client': 2_000_000 },
} as const;
/** The same within COPY. */
const COPY_BYTES = { source: 1_500_000, target: 2_500_000 } as const;

/** `share`: of these bytes, for a smaller move. */
export function drawNetwork(
  draws: Draws,
  { side, share }: { readonly side: Side; readonly share: number },
): Fault {
  const fault = drawNetworkFault(draws);
  const direction: Direction = draws.one<Direction>(['to-server', 'to-client']);
  const ofNew = fault.kind === 'refuse' || fault.kind === 'unanswered';
  const within = (least: number, most: number) => Math.round(share * draws.spread(least, most));
  const inCopy: Moment = {
    copyBytes: within(2_000, COPY_BYTES[side]),
    direction: side === 'source' ? 'to-client' : 'to-server',
  };
  const anywhere: Moment = { bytes: within(10_000, BYTES[side][direction]), direction };
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
