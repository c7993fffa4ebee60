/** What the run is doing, and what has happened. */
import { z } from 'zod';
import { causeFacts, eventFacts, runFacts } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { done } from './envelope.ts';

export const runId = z
  .string()
  .nullable()
  .describe('id of a run as another tool gave it, or null for the newest');

export const runStatus = defineTool({
  description:
    'Tells the state of a run: level, rows moved, set aside and repaired, whether it is alive, whether its gate is closed, its error. Use it whenever somebody asks how far it is. Only reads; never make up an id, use null for the newest.',
  input: z.strictObject({ runId }),
  data: runFacts,
  run: async (input, { journey }) => done(await journey.run(input.runId)),
});

export const listCauses = defineTool({
  description:
    'Lists why rows were set aside or repaired, by entity and reason, with counts and words. Use it when somebody asks what is wrong or what was set aside. Shows no rows and changes nothing.',
  input: z.strictObject({ runId, entity: z.string().nullable().describe('one entity, or null for all') }),
  data: z.array(causeFacts),
  run: async (input, { journey }) => done(await journey.causes(input)),
});

export const recentEvents = defineTool({
  description:
    'Lists what happened lately and who did it, newest last. Use it when somebody asks what was done or by whom. Only reads.',
  input: z.strictObject({ limit: z.int().min(1).max(100).describe('how many, at most 100') }),
  data: z.array(eventFacts),
  run: async ({ limit }, { journey }) => done(await journey.events(limit)),
});
