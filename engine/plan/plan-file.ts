/**
 * The plan file: the only thing an agent may change and the only thing the engine obeys.
 * This schema is the contract; docs/plan.schema.json is generated from it for editors.
 */
import { z } from 'zod';
import { dedupeRule } from './dedupe-rule.ts';
import { mergeRule } from './merge-rule.ts';
import { codeBlock, entityName, identifier, planColumn } from './plan-column.ts';
import { planQuestion } from './questions.ts';

export {
  type CodeBlock,
  codeBlock,
  misfitPolicy,
  orphanPolicy,
  type PlanColumn,
  personalKind,
  planColumn,
  type ReferenceMatch,
  type Transform,
  transform,
} from './plan-column.ts';

const tableName = z.strictObject({ schema: identifier, table: identifier });

export const planEntity = z.strictObject({
  name: entityName,
  source: tableName,
  target: tableName.extend({
    /** Of this entity, where it differs from the plan's `target.create`. */
    create: z.boolean().optional(),
    /** Triggers of a table that exists already: kept from firing in Towpath's own sessions (default), or not. */
    triggers: z.enum(['off', 'fire']).optional(),
  }),
  /** Which rows of a table that exists already are the same as old ones. */
  merge: mergeRule.optional(),
  key: z.strictObject({
    /** Source columns that identify a row; empty when the table has no key (rows are then known by content). */
    columns: z.array(identifier),
    kind: z.enum(['integer', 'text', 'uuid', 'composite', 'none']),
  }),
  level: z.int().min(1),
  priority: z.enum(['critical', 'high', 'medium']),
  phase: z.string(),
  financial: z.boolean().default(false),
  /** SQL condition over the source row; rows that do not meet it are counted as excluded. */
  where: z.string().optional(),
  /**
   * True: keep one of several exactly equal rows (only for a table without a key). Of a table with a key: which of its rows
   * are one record.
   */
  dedupe: z.union([z.boolean(), dedupeRule]).default(false),
  maxFailureRate: z.number().min(0).max(1).optional(),
  columns: z.array(planColumn).min(1),
  code: z.array(codeBlock).min(1).optional(),
  /** Target columns whose reference is settled in the second pass, because the parent is in the same level or later. */
  deferred: z.array(identifier).default([]),
  uniques: z.array(z.strictObject({ name: identifier, columns: z.array(identifier).min(1) })).default([]),
  indexes: z.array(z.strictObject({ name: identifier, columns: z.array(identifier).min(1) })).default([]),
  checks: z.array(z.strictObject({ name: identifier, expression: z.string().min(1) })).default([]),
  /** Source columns that neither become a column nor go to metadata, with the reason. */
  leftOut: z.array(z.strictObject({ column: identifier, reason: z.string().min(1) })).default([]),
  estimatedRows: z.int().min(0),
  difficulty: z.enum(['easy', 'moderate', 'hard']),
  notes: z.array(z.string()).default([]),
});

export const planFile = z.strictObject({
  version: z.literal(1),
  /** Name of the migration: ids derive from its secret namespace, so it must not change once rows are moved. */
  migration: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/)
    .max(63),
  source: z.strictObject({
    database: z.string(),
    schemas: z.array(identifier),
    /** Fingerprint of the source catalog that this plan was made for. */
    fingerprint: z.string(),
  }),
  target: z.strictObject({
    schema: identifier,
    /** True: Towpath creates the tables. False: they exist already. */
    create: z.boolean(),
    /** Fingerprint of those tables of the target that existed when the plan was made and that it fills. */
    fingerprint: z.string().optional(),
  }),
  settings: z.strictObject({
    maxFailureRate: z.number().min(0).max(1).default(0.01),
    /** Share of all rows of a level that may be set aside, by the level's number; the plan says nothing of the others. */
    maxFailureRateOfLevel: z.record(z.string().regex(/^\d+$/), z.number().min(0).max(1)).optional(),
    /** Zone of source timestamps without one. */
    timeZone: z.string().default('UTC'),
  }),
  entities: z.array(planEntity).min(1),
  groups: z.record(z.string(), z.array(entityName)),
  phases: z.array(z.strictObject({ name: z.string(), entities: z.array(entityName) })),
  excluded: z.array(tableName.extend({ reason: z.string().min(1) })).default([]),
  risks: z
    .array(z.strictObject({ severity: z.enum(['low', 'medium', 'high']), text: z.string() }))
    .default([]),
  /** What only a person can decide; one that is required and open keeps the plan from being approved and run. */
  questions: z.array(planQuestion).default([]),
  estimate: z.strictObject({ rows: z.int(), bytes: z.int(), seconds: z.number() }),
});

export type PlanEntity = z.infer<typeof planEntity>;
export type PlanFile = z.infer<typeof planFile>;
/** A plan as people write it, before defaults are filled in. */
export type PlanFileInput = z.input<typeof planFile>;
