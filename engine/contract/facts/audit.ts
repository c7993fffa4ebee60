/** The audit log: whether it is what was written, and who did what. */
import { z } from 'zod';

export const auditVerdictFacts = z.object({
  intact: z.boolean(),
  /** All of them; of a broken log those before the first that is wrong. */
  entries: z.number(),
  fault: z.enum(['changed', 'removed', 'inserted', 'cut-off']).nullable(),
  brokenAt: z.string().nullable(),
  /** To be noted elsewhere; null where there is none, or the log is broken. */
  lastHash: z.string().nullable(),
  /** False: the table's own refusal of changes is not as it was made. */
  guarded: z.boolean(),
  /** False: that entries were cut off at the end would not have been seen. */
  endChecked: z.boolean(),
});

export const auditEntryFacts = z.object({
  /** Its number. */
  entry: z.string(),
  at: z.string(),
  who: z.string(),
  action: z.string(),
  what: z.string(),
});
