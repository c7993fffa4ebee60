/** Code of a plan: what is to be tried, and what came of it. */
import { z } from 'zod';

/** Code to try. `source` null: the code that the plan has; then only `column` counts. */
export const codeToTry = z.object({
  entity: z.string(),
  /** The one column that the code writes. */
  column: z.string().nullable(),
  source: z.string().nullable(),
  /** Old columns; null: the column's own. */
  reads: z.array(z.string()).nullable(),
  /** New columns that the code writes together; with a type, one that is to be made. */
  writes: z.array(z.object({ column: z.string(), type: z.string().nullable() })).nullable(),
  /** Null: as many rows as usual. */
  sample: z.number().nullable(),
});

export type CodeToTry = z.infer<typeof codeToTry>;

const trouble = z.object({
  /** `refused` by the code, or what it gave does not fit the column. */
  kind: z.enum(['refused', 'misfit']),
  column: z.string().nullable(),
  line: z.number().nullable(),
  /** Never the code's own words: they may quote the row. */
  message: z.string(),
  /** What stands in that line of the code. */
  code: z.string().nullable(),
});

/** What came of trying code. Values by their form only: Xxxx 00 for Berg 17. */
export const trialFacts = z.object({
  entity: z.string(),
  code: z.string(),
  reads: z.array(z.string()),
  writes: z.array(z.string()),
  outcome: z.enum(['type-errors', 'no-sandbox', 'failed', 'not-repeatable', 'rows-refused', 'passed']),
  typeErrors: z.array(z.object({ line: z.number(), column: z.number(), message: z.string() })),
  typeErrorCount: z.number(),
  failure: z.object({ kind: z.string(), message: z.string(), hint: z.string() }).nullable(),
  tried: z.number(),
  setAside: z.number(),
  /** Each kind of trouble once, the most frequent first. */
  troubles: z.array(trouble.extend({ rows: z.number() })),
  /** A few of each: rows with trouble, and rows that come out. */
  rows: z.array(
    z.object({
      key: z.string().nullable(),
      before: z.record(z.string(), z.string().nullable()),
      after: z.record(z.string(), z.string().nullable()).nullable(),
      trouble: trouble.nullable(),
    }),
  ),
  /** Null: it did not come to that. */
  repeatable: z.boolean().nullable(),
  rowsPerSecond: z.number().nullable(),
  /** Columns that only a rehearsal can check. */
  unchecked: z.array(z.string()),
});
