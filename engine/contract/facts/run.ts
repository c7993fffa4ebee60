/** What a run did, what was found afterwards, and what undoing it means. */
import { z } from 'zod';

export const findingFacts = z.object({
  kind: z.string(),
  severity: z.string(),
  entity: z.string(),
  check: z.string(),
  column: z.string().nullable(),
  message: z.string(),
});

export const eventFacts = z.object({ at: z.string(), who: z.string(), what: z.string() });

export const reportFacts = z.object({
  runId: z.string(),
  state: z.string(),
  moved: z.number(),
  setAside: z.number(),
  repaired: z.number(),
  excludedTables: z.number(),
  moneyColumns: z.number(),
  moneyEqual: z.boolean().nullable(),
  verified: z.enum(['verified', 'differences', 'incomplete', 'not-validated']),
  notVerified: z.array(z.string()),
  approvals: z.array(z.object({ approver: z.string(), action: z.string(), at: z.string() })),
  files: z.array(z.string()),
});

export const rehearsalFacts = z.object({
  status: z.enum(['passed', 'failed']),
  planHash: z.string(),
  rows: z.number(),
  written: z.number(),
  repaired: z.number(),
  setAside: z.number(),
  kindsSetAside: z.array(z.string()).optional(),
  seconds: z.object({ low: z.number(), likely: z.number(), high: z.number() }),
  problems: z.array(z.object({ entity: z.string(), check: z.string(), message: z.string() })),
  /** Of the moves under faults, where they were asked for. */
  chaos: z
    .object({
      status: z.enum(['passed', 'not-proven', 'failed']),
      seed: z.number(),
      moves: z.number(),
      faults: z.number(),
      rowsCompared: z.number(),
      violations: z.number(),
    })
    .optional(),
});

export const validationFacts = z.object({
  runId: z.string(),
  overallStatus: z.enum(['verified', 'differences', 'incomplete']),
  rowsCompared: z.number(),
  valuesCompared: z.number(),
  issues: z.array(findingFacts),
  notVerified: z.array(z.string()),
});

export const rollbackFacts = z.object({
  runId: z.string(),
  removed: z.number(),
  /** Records that were there before and are again what they were. */
  restored: z.number(),
  /** Records of others in the same tables. */
  kept: z.number(),
  tablesDropped: z.number(),
  /** Records of the move that stay: somebody has changed them since. */
  leftChanged: z.number(),
  /** Records of the move that stay: other records need them. */
  leftNeeded: z.number(),
  /** Removed although somebody had changed them. */
  forced: z.number(),
  /** Of the move, and deleted by others before. */
  goneBefore: z.number(),
});
