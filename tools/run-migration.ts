/** Trying out, starting, holding and continuing. What writes uses up an approval that a person gave. */
import { z } from 'zod';
import { rehearsalFacts, runFacts } from '../engine/index.ts';
import { defineTool, longPatience } from './definition.ts';
import { done, effect } from './envelope.ts';

const nothing = z.strictObject({});

export const rehearse = defineTool({
  description:
    'Rehearses the plan with a sample of real rows in a scratch schema that is removed afterwards. With chaos true it then moves the same sample again and again while its own connections break, batches fail and its process is stopped, and compares every row each time: use it when somebody asks what happens if something breaks, or wants that proven; it takes some minutes. Needs an approval that a person gave, one for each of the two; without one it answers needs-approval with the card and does nothing. Never touches the tables of the new system.',
  input: z.strictObject({ chaos: z.boolean().nullable() }),
  data: rehearsalFacts,
  patience: longPatience,
  run: async ({ chaos }, { journey, by }) => effect(await journey.rehearse(by, { chaos: chaos === true })),
});

export const startMigration = defineTool({
  description:
    'Starts the migration of the plan in a process of its own and returns once it runs; it does not wait for the end. Needs an approval that a person gave for exactly this plan; without one it answers needs-approval with the card and does nothing. Never start it twice; ask runStatus.',
  input: nothing,
  data: runFacts,
  patience: 120_000,
  run: async (_input, { journey, by }) => effect(await journey.start(by)),
});

export const pauseMigration = defineTool({
  description:
    'Asks the running migration to pause after the batches in hand. Use it as soon as a person wants to stop or wait. Nothing is lost; resumeMigration continues.',
  input: nothing,
  data: runFacts,
  run: async (_input, { journey, by }) => done(await journey.pause(by)),
});

export const resumeMigration = defineTool({
  description:
    'Continues a paused or interrupted migration from its last checkpoint, or one whose closed gate a person has accepted. It goes on with the approval that the run has; it cannot open a closed gate. Where kinds of records failed, it moves just these and what waits for them; where the plan was changed since and a person approved that, by the changed plan.',
  input: nothing,
  data: runFacts,
  patience: 120_000,
  run: async (_input, { journey }) => done(await journey.resume()),
});

export const cancelMigration = defineTool({
  description:
    'Ends the running migration for good after the batches in hand. What has been moved stays; taking it out is rollbackRun. Use it only when a person said so; pausing is the careful choice.',
  input: nothing,
  data: runFacts,
  run: async (_input, { journey, by }) => done(await journey.cancel(by)),
});
