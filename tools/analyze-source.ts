/** Can it work, and what is there? */
import { z } from 'zod';
import { catalogFacts, checkFacts, driftFacts } from '../engine/index.ts';
import { defineTool, longPatience } from './definition.ts';
import { done } from './envelope.ts';

export const runPreflight = defineTool({
  description:
    'Checks whether the migration can work: connections, versions, rights, disk, settings. Each check passes, warns or fails and names its remedy. Use it before the source is looked at and when something does not connect. Only reads; changes nothing on either server.',
  input: z.strictObject({}),
  data: z.array(checkFacts),
  patience: longPatience,
  run: async (_input, { journey }) => done(await journey.preflight()),
});

export const analyzeSource = defineTool({
  description:
    'Reads the structure and statistics of the old database and keeps them as the catalog: tables, rows, keys, references, personal columns, difficulty. Use it once before planning, and again with again=true when the old database has changed. Only reads the old database; may take minutes on a large one.',
  input: z.strictObject({
    again: z
      .boolean()
      .describe('true: read anew even if a catalog was kept before; false: a kept one is enough'),
  }),
  data: catalogFacts,
  patience: longPatience,
  run: async ({ again }, { journey }) => done(await journey.analyse({ keep: !again })),
});

export const compareWithSource = defineTool({
  description:
    'Says what has changed in the structure of the old database since the plan was made. Use it when a run paused because of drift, or before asking for an approval of an older plan. Only reads.',
  input: z.strictObject({}),
  data: driftFacts,
  patience: longPatience,
  run: async (_input, { journey }) => done(await journey.drift()),
});
