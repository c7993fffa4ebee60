/** Random numbers that come again with the same seed: mulberry32, started from the seed and the number of the schedule. */
import { createHash } from 'node:crypto';

export interface Draws {
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** The same, with small numbers as likely as large ones: for moments that may come early or late. */
  spread(least: number, most: number): number;
  chance(probability: number): boolean;
  one<T>(of: readonly T[]): T;
}

export function createDraws(seed: number, schedule: number): Draws {
  let state = createHash('sha256').update(`${seed} ${schedule}`).digest().readUInt32BE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    whole,
    spread: (least, most) => Math.round(least * (most / least) ** next()),
    chance: (probability) => next() < probability,
    one: (of) => of[whole(0, of.length - 1)]!,
  };
}
