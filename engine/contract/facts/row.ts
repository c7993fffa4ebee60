/** What became of one record. */
import { z } from 'zod';

export const rowFacts = z.object({
  entity: z.string(),
  legacyId: z.string(),
  /** `duplicate`: another record moves for it. `left-out`: by the plan. `not-moved`: no run brought it. `unknown`: nobody has it. */
  fate: z.enum(['moved', 'kept', 'updated', 'duplicate', 'set-aside', 'left-out', 'not-moved', 'unknown']),
  duplicateOf: z.string().optional(),
  newId: z.string().nullable(),
  batchId: z.number().nullable(),
  /** Set aside, or moved without a link, and put right by a retry. */
  retried: z.object({ how: z.enum(['moved', 'linked']), at: z.string() }).nullable(),
  runId: z.string().nullable(),
  reason: z.string().nullable(),
  repairs: z.array(z.object({ column: z.string(), rule: z.string() })),
  /** Values by their form only: Xxxx 00 for Berg 17. */
  source: z.record(z.string(), z.string().nullable()).nullable(),
  /** What each transform made of the value of its column, in order; values by their form only. */
  steps: z.array(
    z.object({
      column: z.string(),
      does: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      /** Why the value did not fit. */
      misfit: z.string().nullable(),
    }),
  ),
  /** Other records that it points to. */
  pointsTo: z.array(
    z.object({
      column: z.string(),
      entity: z.string(),
      legacyId: z.string(),
      newId: z.string().nullable(),
      fate: z.enum(['moved', 'set-aside', 'missing']),
    }),
  ),
  approvedBy: z.string().nullable(),
  planHash: z.string().nullable(),
  verified: z.enum(['verified', 'differences', 'incomplete', 'not-yet']),
  /** What changed since on either side, in words; null where nothing did. */
  changed: z.string().nullable(),
  /** What could not be found out. */
  notKnown: z.array(z.string()),
});
