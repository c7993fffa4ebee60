/** What can be asked about the old database. */
import { z } from 'zod';
import { personalKind } from '../../plan/plan-file.ts';

export const checkFacts = z.object({
  name: z.string(),
  status: z.enum(['pass', 'warn', 'fail', 'skipped']),
  message: z.string(),
  remedy: z.string().nullable(),
});

export const catalogFacts = z.object({
  tables: z.number(),
  rows: z.number(),
  largest: z.array(z.object({ table: z.string(), rows: z.number() })),
  housekeeping: z.array(z.object({ table: z.string(), reason: z.string() })),
  foreignKeys: z.number(),
  inferred: z.number(),
  personalColumns: z.number(),
  difficulty: z.object({ easy: z.number(), moderate: z.number(), hard: z.number() }),
  takenAt: z.string(),
  fingerprint: z.string(),
});

export const tableEntry = z.object({
  table: z.string(),
  rows: z.number().nullable(),
  columns: z.number(),
  difficulty: z.enum(['easy', 'moderate', 'hard']),
  /** Name in the plan; null: not in it, or no plan yet. */
  entity: z.string().nullable(),
});

export const columnFacts = z.object({
  column: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  /** Share of empty values in the sample, 0 to 1. */
  nullRate: z.number().nullable(),
  distinct: z.number().nullable(),
  /** Numbers, dates and times only, rounded outwards (keys of records apart), and never of a personal column. */
  min: z.string().nullable(),
  max: z.string().nullable(),
  /** Codes of few values in a column that is called like one, never of a personal column. */
  values: z.array(z.string()).nullable(),
  patterns: z.array(z.object({ pattern: z.string(), share: z.number() })),
  personal: z.string().nullable(),
  references: z.string().nullable(),
  comment: z.string().nullable(),
});

/** Fields that look personal, table by table. `confidence` null: nobody computed one, the plan or a name says so. */
export const personalFacts = z.array(
  z.object({
    table: z.string(),
    columns: z.array(z.object({ column: z.string(), kind: personalKind, confidence: z.number().nullable() })),
  }),
);

/** How hard the old database is to move, and why: names and counts, no value of a row. Lists are cut; `…Count` is the whole. */
export const assessmentFacts = z.object({
  grade: z.enum(['easy', 'moderate', 'hard']),
  reasons: z.array(z.string()),
  tables: z.object({ easy: z.number(), moderate: z.number(), hard: z.number() }),
  hardest: z.array(z.object({ table: z.string(), reasons: z.array(z.string()) })),
  estimate: z.object({
    rows: z.number(),
    bytes: z.number(),
    seconds: z.object({ low: z.number(), likely: z.number(), high: z.number() }),
    targetBytes: z.number(),
    walBytes: z.number(),
  }),
  /** Not answered yet. */
  decisions: z.array(z.object({ question: z.string(), recommended: z.string(), required: z.boolean() })),
  decisionsCount: z.number(),
  notMoving: z.array(z.object({ kind: z.string(), count: z.number(), instead: z.string() })),
  staysBehind: z.array(z.object({ table: z.string(), of: z.string().nullable(), reason: z.string() })),
  /** Columns that are more or less than their type says. */
  columns: z.array(z.object({ what: z.string(), count: z.number(), examples: z.array(z.string()) })),
  personalColumns: z.number(),
  guessedLinks: z.number(),
  /** What could not be found out. */
  unknown: z.array(z.string()),
});

export const tableFacts = tableEntry.extend({
  primaryKey: z.array(z.string()),
  foreignKeys: z.array(z.object({ columns: z.array(z.string()), table: z.string(), inferred: z.boolean() })),
  referencedBy: z.array(z.string()),
  columnFacts: z.array(columnFacts),
  reasons: z.array(z.string()),
  housekeeping: z.string().nullable(),
  comment: z.string().nullable(),
});

export const driftFacts = z.object({
  drifted: z.boolean(),
  changes: z.array(
    z.object({
      table: z.string(),
      change: z.string(),
      /** Kind of record that it concerns; null: the plan does not move this table. */
      entity: z.string().nullable(),
      /** What to do about it. */
      advice: z.string(),
    }),
  ),
  /** Kinds of records that a move would hold back: their tables changed, or they point at one whose table did. */
  paused: z.array(z.string()),
});
