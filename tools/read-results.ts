/** What was found afterwards: differences, single rows, the report. */
import { z } from 'zod';
import { findingFacts, reportFacts, rowFacts } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { done } from './envelope.ts';
import { entity } from './read-plan.ts';
import { runId } from './watch-run.ts';

export const listFindings = defineTool({
  description:
    'Lists the differences that validation found between old and new. Use it after validation, or when a gate is closed. An empty list means nothing was found by what was checked, not that everything was checked. Only reads.',
  input: z.strictObject({ runId }),
  data: z.array(findingFacts),
  run: async (input, { journey }) => done(await journey.findings(input.runId)),
});

export const explainRow = defineTool({
  description:
    'Tells what became of one record and why: moved, set aside, left out, or none of these; what each rule made of its fields, who approved the move, whether it was compared, what changed since, where it points. Use it when somebody asks about one record by its old or new id. Values come by their form only. Only reads.',
  input: z.strictObject({ entity, id: z.string().describe('the old id, as text') }),
  data: rowFacts,
  run: async (input, { journey }) => done(await journey.row(input.entity, input.id)),
});

export const readReport = defineTool({
  description:
    'Tells the result of a run: moved, set aside, repaired, money compared, what was verified and what was not, who approved what, the report files. Use it before you claim anything about the result. Only reads.',
  input: z.strictObject({ runId }),
  data: reportFacts,
  run: async (input, { journey }) => done(await journey.report(input.runId)),
});
