/**
 * A rehearsal under faults: the same sample is moved again and again while connections break, batches fail and processes die, and
 * after each move what is there is compared, row for row, with what an undisturbed move had left.
 */
import { z } from 'zod';

/** Under which the control schema keeps a report; its parent is the plan. */
export const CHAOS_ARTIFACT = 'rehearsal-under-faults';

export const faultKinds = [
  'connection-cut',
  'reset-in-copy',
  'connection-stalled',
  'connection-half-open',
  'connection-slow',
  'server-away',
  'failed-batch',
  'failed-step',
  'process-killed',
  'paused',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What a purposely damaged copy had done to it. */
export const damageKinds = ['row-lost', 'row-doubled', 'value-changed', 'ids-swapped'] as const;
export type DamageKind = (typeof damageKinds)[number];

export interface ChaosOptions {
  /** How many faults to draw. */
  readonly faults: number;
  /** Draws the same faults again; drawn itself where not given. */
  readonly seed?: number;
  /** No further move begins after so many minutes; default 10. */
  readonly minutes?: number;
  /** Told what comes next, in words. */
  readonly tell?: (words: string) => void;
}

/** Two of each kind; a few minutes. */
export const USUAL_FAULTS = 20;

const count = z.number().int().nonnegative();

export const chaosReport = z.object({
  /** `not-proven`: nothing broke, but too little was tried or compared to say that it holds. */
  status: z.enum(['passed', 'not-proven', 'failed']),
  /** Why nothing is proven, in words; empty otherwise. */
  notProven: z.array(z.string()).default([]),
  seed: z.number().int(),
  /** Drawn, and of these how many struck: some wait for a moment that does not come. */
  faults: z.object({ drawn: count, struck: count }),
  planHash: z.string(),
  sample: count,
  /** Entities that were asked for; empty: all. */
  entities: z.array(z.string()),
  /** Moves under faults that were made, and those that time did not allow. */
  moves: z.object({ made: count, leftOut: count }),
  /** Rows that one move leaves: in the new tables, and set aside. */
  rows: z.object({ moved: count, setAside: count }),
  /** Rows of all comparisons together: a move that did not come to its end is not compared. */
  rowsCompared: count,
  kinds: z.array(
    z.object({
      kind: z.enum(faultKinds),
      /** The old database, the new one, or neither in particular. */
      faults: z.object({ source: count, target: count, all: count }),
      /** Batches repeated without anybody's help. */
      retries: count,
      /** How often the move had to be taken up again. */
      resumes: count,
      rowsCompared: count,
      result: z.enum(['held', 'broken', 'not-struck']),
    }),
  ),
  /** Empty where everything held. */
  violations: z.array(
    z.object({
      /** Number of the move, from 1. */
      move: count,
      kinds: z.array(z.enum(faultKinds)),
      check: z.enum([
        'rows-lost',
        'rows-doubled',
        'rows-added',
        'rows-changed',
        'pairs',
        'references',
        'not-verified',
        'gate-closed',
        'does-not-recover',
        'hangs',
        'outside-changed',
        'damage-not-seen',
        'damage-not-mended',
        'not-removed',
      ]),
      entity: z.string().nullable(),
      rows: count.nullable(),
      message: z.string(),
    }),
  ),
  damage: z.array(
    z.object({
      kind: z.enum(damageKinds),
      entity: z.string().nullable(),
      /** `not-tried`: no row of the sample could be damaged like this. */
      outcome: z.enum(['noticed', 'missed', 'not-tried']),
      /** Put right again, it was verified again. */
      mended: z.boolean().default(true),
    }),
  ),
  outside: z.object({
    target: z.enum(['unchanged', 'changed', 'unclear']),
    source: z.enum(['unchanged', 'changed', 'unclear']),
    changes: z.array(z.string()),
    /** What could not be looked at, or only by its counters, in words. */
    notLookedAt: z.array(z.string()),
  }),
  /** What was not compared in every move, and why, in words. */
  notCompared: z.array(z.string()),
  removed: z.boolean(),
  /** Behind `towpath`: the command that does the same again. */
  again: z.string(),
  at: z.string(),
  milliseconds: count,
});
export type ChaosReport = z.infer<typeof chaosReport>;
