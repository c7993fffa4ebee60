/** Where the journey stands. */
import { z } from 'zod';
import { journeyState } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { done } from './envelope.ts';

export const whereWeAre = defineTool({
  description:
    'Says where the migration stands: the step, what is in the new system now, what can be undone, what waits for a person, and what comes next. Use it first in every conversation, after anything was done, and whenever you are unsure. Needs nothing and changes nothing.',
  input: z.strictObject({}),
  data: journeyState,
  run: async (_input, { journey }) => done(await journey.whereWeAre()),
});
