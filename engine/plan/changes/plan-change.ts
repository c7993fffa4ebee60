/** The edits of a plan that can be asked for. */
import { z } from 'zod';
import { dedupeRule } from '../dedupe-rule.ts';
import { mergeRule } from '../merge-rule.ts';
import { identifier, misfitPolicy, orphanPolicy, planColumn, transform } from '../plan-column.ts';

const named = z.array(z.strictObject({ name: identifier, columns: z.array(identifier).min(1) }));
const columnRules = z.strictObject({
  uniques: named.default([]),
  indexes: named.default([]),
  checks: z.array(z.strictObject({ name: identifier, expression: z.string().min(1) })).default([]),
  deferred: z.boolean().default(false),
});

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
  /** Another old column for it; the one so far goes to the notes of the record, unless something else holds it. */
  z.object({
    kind: z.literal('set-source'),
    entity: z.string(),
    column: z.string(),
    from: identifier,
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
  /**
   * The column exactly as given, in place of the one of that name or behind the others; its source column is then neither
   * left out nor in the notes. For the choices of a question, which must be able to lead back.
   */
  z.object({
    kind: z.literal('put-column'),
    entity: z.string(),
    column: planColumn,
    /** Rules, indexes and the second pass that go with it; those of these names that are there stay. */
    rules: columnRules.optional(),
  }),
  /** Of a source column: nothing of the new table reads it any more. */
  z.object({
    kind: z.literal('put-source'),
    entity: z.string(),
    source: identifier,
    into: z.enum(['notes', 'left-out']),
    reason: z.string().min(1),
  }),
  /** A table that stays behind moves after all, as the tool proposes. */
  z.object({ kind: z.literal('take-in-table'), schema: identifier, table: identifier }),
  z.object({
    kind: z.literal('leave-out-table'),
    schema: identifier,
    table: identifier,
    reason: z.string().min(1),
  }),
  /** Which rows of a table that is there already are the same as old ones; null: none is. */
  z.object({ kind: z.literal('set-merge'), entity: z.string(), merge: mergeRule.nullable() }),
  /** Which rows of a table with a key are one record; null: each is its own. */
  z.object({ kind: z.literal('set-dedupe'), entity: z.string(), dedupe: dedupeRule.nullable() }),
  /** The zone of clocks without one: the plan’s, and every column that was read by it. */
  z.object({ kind: z.literal('set-time-zone'), zone: z.string().min(1) }),
]);
export type PlanChange = z.infer<typeof planChange>;

export type ChangeOf<Kind extends PlanChange['kind']> = Extract<PlanChange, { readonly kind: Kind }>;
