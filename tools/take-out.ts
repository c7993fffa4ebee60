/** What takes something out or goes past a gate. Each call uses up an approval that a person gave for just this. */
import { z } from 'zod';
import { rollbackFacts, runFacts } from '../engine/index.ts';
import { defineTool, longPatience } from './definition.ts';
import { done, effect } from './envelope.ts';

export const acceptSetAside = defineTool({
  description:
    'Lets the run go past its closed gate without the rows that are set aside now. Needs an approval with a reason that a person gave; without one it answers needs-approval with the card and does nothing. Explain the causes first.',
  input: z.strictObject({}),
  data: runFacts,
  patience: 120_000,
  run: async (_input, { journey, by }) => effect(await journey.acceptSetAside(by)),
});

export const rollbackRun = defineTool({
  description:
    'Takes the newest run out of the new system: records it put there, and nothing else. Records that somebody has changed since, and records that others need, stay and are counted. Needs an approval that a person gave; without one it answers needs-approval with the card and does nothing.',
  input: z.strictObject({}),
  data: rollbackFacts,
  patience: longPatience,
  run: async (_input, { journey, by }) => effect(await journey.rollback(by)),
});

export const rollbackChanged = defineTool({
  description:
    'Takes the newest run out of the new system together with records that somebody has changed since, whose changes are then lost for good; rollbackRun leaves those. Use it only when a person said so after seeing how many there are. Needs an approval of its own that a person gave; without one it answers needs-approval with the card and does nothing.',
  input: z.strictObject({}),
  data: rollbackFacts,
  patience: longPatience,
  run: async (_input, { journey, by }) => effect(await journey.rollback(by, { forceChanged: true })),
});

export const previewRollback = defineTool({
  description:
    'Tells what undoing the newest run would do now: how many records would go, stay because somebody has changed them or other records need them, and which tables. Use it before rollbackRun, and whenever somebody asks what undoing would mean. Only reads.',
  input: z.strictObject({}),
  data: rollbackFacts,
  patience: longPatience,
  run: async (_input, { journey }) => done(await journey.previewRollback()),
});

const part = z.strictObject({
  entities: z
    .array(z.string())
    .describe('kinds of records, as the plan names them; an empty list means all of the level'),
  level: z
    .int()
    .min(0)
    .max(1000)
    .nullable()
    .describe('a level of the plan: it and every later one; null means whatever level'),
});

/** Whatever is left out would mean the whole run. */
const namedPart = part.refine(({ entities, level }) => entities.length > 0 || level !== null, {
  message: 'name kinds of records, or a level',
});

export const previewRollbackPart = defineTool({
  description:
    'Tells what undoing a part of the newest run would do now: just the named kinds of records, or a level and every later one. Refuses where records that stay point to those that would go, and names them. Use it before rollbackPart. Only reads.',
  input: namedPart,
  data: rollbackFacts,
  patience: longPatience,
  run: async (input, { journey }) => done(await journey.previewRollback(input)),
});

export const rollbackPart = defineTool({
  description:
    'Takes a part of the newest run out of the new system: just the named kinds of records, or a level and every later one; the rest stays. Records that somebody has changed since, and records that others need, stay and are counted. Needs an approval of its own that a person gave for this part; without one it answers needs-approval with the card and does nothing. Say the numbers of previewRollbackPart first.',
  input: namedPart,
  data: rollbackFacts,
  patience: longPatience,
  run: async (input, { journey, by }) => effect(await journey.rollback(by, { part: input })),
});

export const cleanUp = defineTool({
  description:
    'Removes old checkpoints, artifacts and errors from Towpath’s own records, never migrated rows, ids, approvals or the audit log. Needs an approval that a person gave; without one it answers needs-approval with the card and does nothing.',
  input: z.strictObject({
    olderThanDays: z.int().min(1).max(3650).describe('age in days from which records go'),
  }),
  data: z.record(z.string(), z.number()),
  patience: longPatience,
  run: async ({ olderThanDays }, { journey, by }) => effect(await journey.cleanUp(olderThanDays, by)),
});
