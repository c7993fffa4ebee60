/** A plan for what was found. */
import { z } from 'zod';
import { planFacts } from '../engine/index.ts';
import { defineTool, longPatience } from './definition.ts';
import { done } from './envelope.ts';

export const createPlan = defineTool({
  description:
    'Makes a plan for the kept catalog and writes it to the plan file. With again=false a valid plan that exists already stays as it is; again=true throws away every change that was made to it, so ask first. Writes the plan file only; touches no database.',
  input: z.strictObject({
    again: z.boolean().describe('true: a new plan, earlier changes are lost; false: keep a valid plan'),
  }),
  data: planFacts,
  patience: longPatience,
  run: async ({ again }, { journey }) => done(await journey.createPlan({ keep: !again })),
});
