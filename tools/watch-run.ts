/** What the run is doing, and what has happened. */
import { z } from 'zod';
import { auditEntryFacts, auditVerdictFacts, causeFacts, eventFacts, runFacts } from '../engine/index.ts';
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

export const verifyAudit = defineTool({
  description:
    'Looks whether the audit log is what was written: every entry, its hash and its place in the chain, and whether the table still refuses changes. Use it when somebody asks whether the log is intact or was altered. It does not see entries cut off at the end; say so. Only reads.',
  input: z.strictObject({}),
  data: auditVerdictFacts,
  patience: 120_000,
  run: async (_input, { journey }) => done(await journey.auditVerdict()),
});

export const listAudit = defineTool({
  description:
    'Lists entries of the audit log, newest first: who did what and when, with their numbers. Use it when somebody asks who approved, started, retried or undid something; recentEvents tells errors as well. Only reads.',
  input: z.strictObject({ runId, limit: z.int().min(1).max(100).describe('how many, at most 100') }),
  data: z.array(auditEntryFacts),
  run: async (input, { journey }) => done(await journey.auditEntries(input)),
});
