/** What can be asked about the plan, its mapping and its questions. */
import { z } from 'zod';
import { misfitPolicy, transform } from '../../plan/plan-file.ts';

export { type PlanChange, planChange } from '../../plan/changes/plan-change.ts';

export const planFacts = z.object({
  hash: z.string(),
  migration: z.string(),
  entities: z.number(),
  levels: z.number(),
  rows: z.number(),
  seconds: z.number(),
  excluded: z.array(z.object({ table: z.string(), reason: z.string() })),
  risks: z.array(z.object({ severity: z.enum(['low', 'medium', 'high']), text: z.string() })),
  /** Choices that are least sure, lowest first. */
  unsure: z.array(
    z.object({ entity: z.string(), column: z.string(), confidence: z.number(), reason: z.string() }),
  ),
  mistakes: z.array(z.object({ path: z.string(), message: z.string(), hint: z.string() })),
  /** Columns that are worked out by code. */
  code: z.array(z.object({ entity: z.string(), columns: z.array(z.string()) })).optional(),
});

export const mappingFacts = z.object({
  entity: z.string(),
  from: z.string(),
  to: z.string(),
  level: z.number(),
  rows: z.number(),
  where: z.string().nullable(),
  columns: z.array(
    z.object({
      to: z.string(),
      from: z.string().nullable(),
      type: z.string(),
      transform: z.array(transform),
      onMisfit: misfitPolicy,
      confidence: z.number(),
      reason: z.string(),
    }),
  ),
  leftOut: z.array(z.object({ column: z.string(), reason: z.string() })),
  /** Code that writes several columns together. */
  code: z
    .array(
      z.object({
        reads: z.array(z.string()),
        writes: z.array(z.string()),
        file: z.string().nullable(),
        source: z.string().nullable(),
      }),
    )
    .optional(),
});

export const changeFacts = z.object({
  /** False: the plan already said so. */
  changed: z.boolean(),
  before: z.string(),
  after: z.string(),
  hashBefore: z.string(),
  hashAfter: z.string(),
  mistakes: z.array(z.object({ path: z.string(), message: z.string(), hint: z.string() })),
  /** Approvals that no longer fit, because they name the hash before. */
  approvalsLost: z.number(),
});

/** One thing that the plan cannot decide. */
export const questionFacts = z.object({
  number: z.number(),
  text: z.string(),
  why: z.string(),
  /** Must be answered before anything can be approved. */
  required: z.boolean(),
  /** The recommended one first. */
  choices: z.array(z.object({ id: z.string(), text: z.string() })),
  recommended: z.string(),
  answer: z.string().nullable(),
});

export const questionsFacts = z.object({
  total: z.number(),
  /** How many must still be answered. */
  open: z.number(),
  /** How many have no answer, those that need none included. */
  unanswered: z.number(),
  /** To be asked next; null where none is left. */
  next: questionFacts.nullable(),
  questions: z.array(questionFacts),
});

export const answersFacts = z.object({
  answered: z.array(z.object({ number: z.number(), answer: z.string(), text: z.string() })),
  /** What became otherwise in the plan; empty where it held the answer already. */
  changes: z.array(z.string()),
  open: z.number(),
  next: questionFacts.nullable(),
  hashBefore: z.string(),
  hashAfter: z.string(),
  mistakes: z.array(z.object({ path: z.string(), message: z.string(), hint: z.string() })),
  approvalsLost: z.number(),
});
