/** Comparing old and new, and writing it down. */
import { z } from 'zod';
import { reportFacts, validationFacts } from '../engine/index.ts';
import { defineTool, longPatience } from './definition.ts';
import { done } from './envelope.ts';

export const validateRun = defineTool({
  description:
    'Compares every record and every value of the newest run between old and new and tells the differences and what could not be checked. Use it after a migration. Reads both servers; fixes nothing. May take minutes.',
  input: z.strictObject({}),
  data: validationFacts,
  patience: longPatience,
  run: async (_input, { journey }) => done(await journey.validate()),
});

export const writeReport = defineTool({
  description:
    'Writes the report of the newest run as files and tells what it says. Use it after validation. It signs nothing: signing off is a person’s approval.',
  input: z.strictObject({}),
  data: reportFacts,
  patience: longPatience,
  run: async (_input, { journey }) => done(await journey.writeReport()),
});
