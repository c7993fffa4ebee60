/** What goes from step to step and so into Mastra's storage: names, hashes and numbers. Everything else is asked anew. */
import { z } from 'zod';
import { guideOutcomes } from '../engine/index.ts';

export const guidedInput = z.object({
  /** Who asks for approvals, as it will stand on the cards. */
  by: z.string().min(1).max(200),
});

export const trail = z.object({
  by: z.string(),
  /** Steps work while it is `on`; otherwise they hand it through. `undoing` is for the step that undoes. */
  course: z.enum(['on', 'stopped', 'undoing', 'undone', 'cancelled']),
  planHash: z.string().nullable(),
  /** The engine's run. */
  runId: z.string().nullable(),
  /** Levels that have passed their gates. */
  level: z.number(),
  /** Every level has. */
  moved: z.boolean(),
  /** Records in the same tables that an undo left, because the move had not brought them. */
  kept: z.number(),
});
export type Trail = z.infer<typeof trail>;

export function firstTrail(by: string): Trail {
  return { by, course: 'on', planHash: null, runId: null, level: 0, moved: false, kept: 0 };
}

export const ending = z.object({
  outcome: z.enum(guideOutcomes),
  words: z.string(),
  inTarget: z.string(),
  undo: z.string(),
  planHash: z.string().nullable(),
  runId: z.string().nullable(),
  report: z.array(z.string()),
});
export type Ending = z.infer<typeof ending>;
