/** What the plan says, and what it would make. */
import { z } from 'zod';
import { mappingFacts, planFacts } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { done } from './envelope.ts';

export const entity = z.string().describe('name of the entity in the plan, such as patients');

export const readPlan = defineTool({
  description:
    'Tells the plan as it is now: kinds of records, levels, estimate, tables that stay behind, risks, choices that are least sure, mistakes. Use it before you explain or change the plan. Changes nothing.',
  input: z.strictObject({}),
  data: planFacts,
  run: async (_input, { journey }) => done(await journey.plan()),
});

export const readMapping = defineTool({
  description:
    'Tells what becomes of each column of one entity: from, to, type, transforms, what happens to a value that does not fit, how sure the choice is and why. Use it before you change a column. Changes nothing.',
  input: z.strictObject({ entity }),
  data: mappingFacts,
  longestText: 8000, // of code, with its lines
  run: async (input, { journey }) => done(await journey.mapping(input.entity)),
});

export const draftDdl = defineTool({
  description:
    'Writes the SQL statements that would make the new tables of these entities; an empty list means all. Use it when an engineer asks to see them. Nothing is run.',
  input: z.strictObject({ entities: z.array(z.string()).describe('names of entities; empty for all') }),
  data: z.array(z.string()),
  longestText: 8000,
  run: async ({ entities }, { journey }) => done(await journey.ddl(entities)),
});
