/** Code of columns that no listed transform can make: tried on a few rows, then proposed as a change of the plan. */
import { z } from 'zod';
import { changeFacts, planChange, trialFacts } from '../engine/index.ts';
import { change } from './change-plan.ts';
import { defineTool } from './definition.ts';
import { done, refused } from './envelope.ts';
import { entity } from './read-plan.ts';

/** The first container of a machine may have to be packed. */
const PATIENCE = 120_000;

const written = z.strictObject({
  column: z.string().describe('name of the column in the new table'),
  type: z
    .string()
    .nullable()
    .describe('null for a column that is there; the PostgreSQL type, such as text, for one to be made'),
});

const source = 'TypeScript that imports nothing: export default function transform(row: Row): Result { … }';

export const tryCode = defineTool({
  description:
    'Tries code on a few rows of the old database and changes nothing: first the compiler, then the sandbox, twice. Give source and column for code of one column; source, reads and writes for code of several; source null for the code that the plan has. The answer has type errors by line and column, troubles by line, and rows before and after by their form only: X and x for letters, 0 for digits. Try until it passes, then propose.',
  input: z.strictObject({
    entity,
    column: z
      .string()
      .nullable()
      .describe('the one new column that the code writes; null where writes names several'),
    source: z.string().nullable().describe(`${source}; null: the code that the plan has`),
    reads: z
      .array(z.string())
      .nullable()
      .describe('old columns that Row has; null: the old one of the column'),
    writes: z.array(written).nullable().describe('new columns that Result has, if they are several'),
    sample: z.int().min(1).max(500).nullable().describe('how many rows; null: 20'),
  }),
  data: trialFacts,
  patience: PATIENCE,
  run: async (input, { journey }) => done(await journey.tryCode(input)),
});

export const setCode = defineTool({
  description:
    'Puts code into the plan that writes several columns of the new table together; for one column use setColumn. It replaces what made these columns. A column that is not there yet is made where its type is given. Only code that tryCode let pass. Edits the plan file only: a person has to approve the plan with it, and approvals of the plan before no longer count.',
  input: z.strictObject({
    entity,
    source: z.string().describe(source),
    reads: z.array(z.string()).describe('old columns that Row has, at least one'),
    writes: z.array(written).describe('new columns that Result has, at least one'),
    reason: z.string().describe('why, in one plain sentence for the person who reads the plan'),
  }),
  data: changeFacts,
  async run(input, call) {
    const edit = planChange.safeParse({ kind: 'set-code', ...input });
    if (edit.success) return change(call, edit.data);
    const places = [...new Set(edit.error.issues.map(({ path }) => path.join('.')))];
    return refused(
      'CODE_INVALID',
      `The code cannot be put into the plan as it is given: ${places.join(', ')} is empty or too long.`,
      'Give the code, the old columns that it reads and the new ones that it writes.',
    );
  },
});
