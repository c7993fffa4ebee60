/** Random numbers of one trial, which come again with the same seed and number. */
import { createHash } from 'node:crypto';
import { createDraw } from '../../engine/rehearsal/chaos/draw.ts';

export interface Draws {
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** The same, with small numbers as likely as large ones: for moments that may come early or late. */
  spread(least: number, most: number): number;
  chance(probability: number): boolean;
  one<T>(of: readonly T[]): T;
}

export function createDraws(seed: number, schedule: number): Draws {
  const draw = createDraw(createHash('sha256').update(`${seed} ${schedule}`).digest().readUInt32BE(0));
  const fraction = () => draw.between(0, 2 ** 32 - 1) / 2 ** 32;
  return {
    whole: draw.between,
    spread: (least, most) => Math.round(least * (most / least) ** fraction()),
    chance: (probability) => fraction() < probability,
    one: draw.one,
  };
}
