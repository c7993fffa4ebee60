/** Rows that were set aside: why, and what would let them through. */
import { z } from 'zod';

export const causeFacts = z.object({
  entity: z.string(),
  outcome: z.enum(['quarantined', 'repaired']),
  reason: z.string(),
  column: z.string().nullable(),
  rows: z.number(),
  explanation: z.string(),
});

/** Rows set aside for one cause; values masked. */
export const cardFacts = z.object({
  id: z.string(),
  entity: z.string(),
  reason: z.string(),
  column: z.string().nullable(),
  /** Of the value that did not fit, such as `digits(1-8)`. */
  form: z.string().nullable(),
  rows: z.number(),
  explanation: z.string(),
  samples: z.array(z.string()),
  /** A change of the plan that would let them through, and what is lost by it. */
  suggestion: z.string().nullable(),
  loses: z.string().nullable(),
  /** Where no change of the plan would do: what would. */
  advice: z.string().nullable(),
});

/** What a changed plan would make of rows that were set aside; nothing was written. */
export const fixTrialFacts = z.object({
  rows: z.number(),
  wouldMove: z.number(),
  /** Records that are the same as another: they would lead to it. */
  wouldBeSame: z.number(),
  wouldBeRepaired: z.number(),
  gone: z.number(),
  leftOut: z.number(),
  stillHeld: z.array(z.object({ entity: z.string(), rows: z.number(), explanation: z.string() })),
  onlyAtRetry: z.array(z.string()),
  /** Why a retry with this plan would be refused. */
  refusal: z.string().nullable(),
});

export const retryFacts = z.object({
  rows: z.number(),
  moved: z.number(),
  /** Records that are the same as another: they lead to it now. */
  sameRecord: z.number(),
  stillHeld: z.number(),
  relinked: z.number(),
  gone: z.number(),
  leftOut: z.number(),
  /** Rows that waited for the moved ones. */
  canFollow: z.number(),
  /** Null: not compared, since the move is not at its end. */
  verified: z.boolean().nullable(),
  compared: z.enum(['verified', 'differences', 'incomplete']).nullable(),
});
