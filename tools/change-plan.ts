/**
 * Edits of the plan file, each a single one. All of them are proposals: a changed plan is an unapproved plan, and
 * `approvalsLost` says how many approvals no longer fit.
 */
import { z } from 'zod';
import { changeFacts, type PlanChange } from '../engine/index.ts';
import { type Call, defineTool } from './definition.ts';
import { done } from './envelope.ts';
import { entity } from './read-plan.ts';

export const column = z
  .string()
  .describe('name of the column in the new table, as readMapping lists it under “to”');
const reason = z.string().describe('why, in one plain sentence for the person who reads the plan');

export async function change({ journey }: Call, edit: PlanChange) {
  return done(await journey.changePlan(edit));
}

export const excludeEntity = defineTool({
  description:
    'Takes one entity out of the plan, so that its table stays behind. Use it only when a person said so; others may refer to it, and the answer names such mistakes. Edits the plan file only.',
  input: z.strictObject({ entity, reason }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'exclude-entity', ...input }),
});

export const setEntity = defineTool({
  description:
    'Sets how strict one entity is handled: dedupe (keep one of several equal rows, only without a key), financial (no failure is tolerated), maxFailureRate (0 to 1). Null leaves a setting as it is. Edits the plan file only.',
  input: z.strictObject({
    entity,
    dedupe: z.boolean().nullable(),
    financial: z.boolean().nullable(),
    maxFailureRate: z.number().min(0).max(1).nullable().describe('share of rows that may fail, 0 to 1'),
  }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'set-entity', ...input }),
});

export const setFilter = defineTool({
  description:
    'Sets which rows of one entity move: one SQL condition over the columns of the old table, such as status <> 9; null moves all rows. Rows that do not meet it are counted as left out. Edits the plan file only; the condition is checked before it counts.',
  input: z.strictObject({
    entity,
    where: z.string().nullable().describe('a condition without the word where, or null for all rows'),
  }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'set-filter', ...input }),
});

export const renameColumn = defineTool({
  description: 'Gives one column of the new table another name. Edits the plan file only.',
  input: z.strictObject({
    entity,
    column,
    to: z.string().describe('the new name, lower case with underscores'),
  }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'rename-column', ...input }),
});

export const leaveOutColumn = defineTool({
  description:
    'Leaves one column behind: it is not moved and not kept in the notes of the row either. Use it only when a person said so. Edits the plan file only.',
  input: z.strictObject({ entity, column, reason }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'leave-out-column', ...input }),
});

export const setMisfitPolicy = defineTool({
  description:
    'Sets what happens to a value that does not fit its column: quarantine sets the row aside (safest), null empties the value, placeholder and default put another in its place. Edits the plan file only.',
  input: z.strictObject({
    entity,
    column,
    onMisfit: z.enum(['quarantine', 'null', 'placeholder', 'default']),
  }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'set-misfit-policy', ...input }),
});

export const setMissingPolicy = defineTool({
  description:
    'Sets what happens to a reference whose record is not in the new system: quarantine sets the row aside (safest), null moves the row without the reference. Edits the plan file only.',
  input: z.strictObject({ entity, column, onMissing: z.enum(['quarantine', 'null']) }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'set-missing-policy', ...input }),
});

export const reviewSuggestion = defineTool({
  description:
    'Accepts or rejects a suggested mapping that was not sure. Accepting makes it sure; rejecting lets the column go to the notes of the row. Use it for a person’s answer, not for your own opinion. Edits the plan file only.',
  input: z.strictObject({ entity, column, decision: z.enum(['accept', 'reject']) }),
  data: changeFacts,
  run: (input, call) => change(call, { kind: 'review-suggestion', ...input }),
});
