/** Whether the server can do its work: yes or no for each part, and nothing else, since anybody may ask. */
import { z } from 'zod';
import { migrationId } from './migrations.ts';

export const readiness = z.object({
  status: z.enum(['ready', 'not-ready']),
  /** Of open migrations only; one that nobody has opened needs nothing yet. */
  checks: z.array(
    z.object({ migration: migrationId, part: z.enum(['target', 'storage']), answers: z.boolean() }),
  ),
});
export type Readiness = z.infer<typeof readiness>;
