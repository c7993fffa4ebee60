/** The edits of a plan that can be asked for. */
import { z } from 'zod';
import { misfitPolicy, orphanPolicy, transform } from '../plan-file.ts';

/** One edit of the plan. Everything an agent may do to it is one of these. */
export const planChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exclude-entity'), entity: z.string(), reason: z.string().min(1) }),
  z.object({
    kind: z.literal('set-entity'),
    entity: z.string(),
    dedupe: z.boolean().nullable(),
    financial: z.boolean().nullable(),
    maxFailureRate: z.number().min(0).max(1).nullable(),
  }),
  z.object({
    kind: z.literal('set-column'),
    entity: z.string(),
    column: z.string(),
    transform: z.array(transform).min(1),
    reason: z.string().min(1),
  }),
  /** Code that writes several columns at once, in place of what made them; with a type, a new column is made. */
  z.object({
    kind: z.literal('set-code'),
    entity: z.string(),
    source: z.string().min(1).max(100_000),
    reads: z.array(z.string().min(1).max(63)).min(1),
    writes: z
      .array(
        z.object({
          column: z.string().min(1).max(63),
          /** Null: it is there already and keeps its type. */
          type: z.string().min(1).nullable(),
        }),
      )
      .min(1),
    reason: z.string().min(1),
  }),
  z.object({
    kind: z.literal('rename-column'),
    entity: z.string(),
    column: z.string(),
    to: z.string().min(1).max(63),
  }),
  z.object({
    kind: z.literal('leave-out-column'),
    entity: z.string(),
    column: z.string(),
    reason: z.string().min(1),
  }),
  /** Null takes the filter away. */
  z.object({ kind: z.literal('set-filter'), entity: z.string(), where: z.string().min(1).nullable() }),
  z.object({
    kind: z.literal('set-misfit-policy'),
    entity: z.string(),
    column: z.string(),
    onMisfit: misfitPolicy,
  }),
  z.object({
    kind: z.literal('set-missing-policy'),
    entity: z.string(),
    column: z.string(),
    onMissing: orphanPolicy,
  }),
  /** Accepting makes a suggestion sure; rejecting lets the column go to the notes of the row (metadata) instead. */
  z.object({
    kind: z.literal('review-suggestion'),
    entity: z.string(),
    column: z.string(),
    decision: z.enum(['accept', 'reject']),
  }),
]);
export type PlanChange = z.infer<typeof planChange>;

export type ChangeOf<Kind extends PlanChange['kind']> = Extract<PlanChange, { readonly kind: Kind }>;
