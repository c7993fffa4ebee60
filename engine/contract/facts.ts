/**
 * What can be asked about a migration, as shapes. None of it holds a raw value of somebody's data: statistics, names,
 * codes of few values, and values whose form is kept and whose content is masked.
 */
import { z } from 'zod';
import { misfitPolicy, personalKind, transform } from '../plan/plan-file.ts';

export { type PlanChange, planChange } from '../plan/changes/plan-change.ts';

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

/** Code to try. `source` null: the code that the plan has; then only `column` counts. */
export const codeToTry = z.object({
  entity: z.string(),
  /** The one column that the code writes. */
  column: z.string().nullable(),
  source: z.string().nullable(),
  /** Old columns; null: the column's own. */
  reads: z.array(z.string()).nullable(),
  /** New columns that the code writes together; with a type, one that is to be made. */
  writes: z.array(z.object({ column: z.string(), type: z.string().nullable() })).nullable(),
  /** Null: as many rows as usual. */
  sample: z.number().nullable(),
});
export type CodeToTry = z.infer<typeof codeToTry>;

const trouble = z.object({
  /** `refused` by the code, or what it gave does not fit the column. */
  kind: z.enum(['refused', 'misfit']),
  column: z.string().nullable(),
  line: z.number().nullable(),
  /** Never the code's own words: they may quote the row. */
  message: z.string(),
  /** What stands in that line of the code. */
  code: z.string().nullable(),
});

/** What came of trying code. Values by their form only: Xxxx 00 for Berg 17. */
export const trialFacts = z.object({
  entity: z.string(),
  code: z.string(),
  reads: z.array(z.string()),
  writes: z.array(z.string()),
  outcome: z.enum(['type-errors', 'no-sandbox', 'failed', 'not-repeatable', 'rows-refused', 'passed']),
  typeErrors: z.array(z.object({ line: z.number(), column: z.number(), message: z.string() })),
  typeErrorCount: z.number(),
  failure: z.object({ kind: z.string(), message: z.string(), hint: z.string() }).nullable(),
  tried: z.number(),
  setAside: z.number(),
  /** Each kind of trouble once, the most frequent first. */
  troubles: z.array(trouble.extend({ rows: z.number() })),
  /** A few of each: rows with trouble, and rows that come out. */
  rows: z.array(
    z.object({
      key: z.string().nullable(),
      before: z.record(z.string(), z.string().nullable()),
      after: z.record(z.string(), z.string().nullable()).nullable(),
      trouble: trouble.nullable(),
    }),
  ),
  /** Null: it did not come to that. */
  repeatable: z.boolean().nullable(),
  rowsPerSecond: z.number().nullable(),
  /** Columns that only a rehearsal can check. */
  unchecked: z.array(z.string()),
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

export const causeFacts = z.object({
  entity: z.string(),
  outcome: z.enum(['quarantined', 'repaired']),
  reason: z.string(),
  column: z.string().nullable(),
  rows: z.number(),
  explanation: z.string(),
});

/** Rows set aside for one cause; values masked. */
export const cardFacts = z.object({
  id: z.string(),
  entity: z.string(),
  reason: z.string(),
  column: z.string().nullable(),
  /** Of the value that did not fit, such as `digits(1-8)`. */
  form: z.string().nullable(),
  rows: z.number(),
  explanation: z.string(),
  samples: z.array(z.string()),
  /** A change of the plan that would let them through, and what is lost by it. */
  suggestion: z.string().nullable(),
  loses: z.string().nullable(),
  /** Where no change of the plan would do: what would. */
  advice: z.string().nullable(),
});

/** What a changed plan would make of rows that were set aside; nothing was written. */
export const fixTrialFacts = z.object({
  rows: z.number(),
  wouldMove: z.number(),
  wouldBeRepaired: z.number(),
  gone: z.number(),
  leftOut: z.number(),
  stillHeld: z.array(z.object({ entity: z.string(), rows: z.number(), explanation: z.string() })),
  onlyAtRetry: z.array(z.string()),
  /** Why a retry with this plan would be refused. */
  refusal: z.string().nullable(),
});

export const retryFacts = z.object({
  rows: z.number(),
  moved: z.number(),
  stillHeld: z.number(),
  relinked: z.number(),
  gone: z.number(),
  leftOut: z.number(),
  /** Rows that waited for the moved ones. */
  canFollow: z.number(),
  /** Null: not compared, since the move is not at its end. */
  verified: z.boolean().nullable(),
});

export const findingFacts = z.object({
  kind: z.string(),
  severity: z.string(),
  entity: z.string(),
  check: z.string(),
  column: z.string().nullable(),
  message: z.string(),
});

export const rowFacts = z.object({
  entity: z.string(),
  legacyId: z.string(),
  /** `duplicate`: another record moves for it. `left-out`: by the plan. `not-moved`: no run brought it. `unknown`: nobody has it. */
  fate: z.enum(['moved', 'kept', 'updated', 'duplicate', 'set-aside', 'left-out', 'not-moved', 'unknown']),
  duplicateOf: z.string().optional(),
  newId: z.string().nullable(),
  batchId: z.number().nullable(),
  /** Set aside, or moved without a link, and put right by a retry. */
  retried: z.object({ how: z.enum(['moved', 'linked']), at: z.string() }).nullable(),
  runId: z.string().nullable(),
  reason: z.string().nullable(),
  repairs: z.array(z.object({ column: z.string(), rule: z.string() })),
  /** Values by their form only: Xxxx 00 for Berg 17. */
  source: z.record(z.string(), z.string().nullable()).nullable(),
  /** What each transform made of the value of its column, in order; values by their form only. */
  steps: z.array(
    z.object({
      column: z.string(),
      does: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      /** Why the value did not fit. */
      misfit: z.string().nullable(),
    }),
  ),
  /** Other records that it points to. */
  pointsTo: z.array(
    z.object({
      column: z.string(),
      entity: z.string(),
      legacyId: z.string(),
      newId: z.string().nullable(),
      fate: z.enum(['moved', 'set-aside', 'missing']),
    }),
  ),
  approvedBy: z.string().nullable(),
  planHash: z.string().nullable(),
  verified: z.enum(['verified', 'differences', 'incomplete', 'not-yet']),
  /** What changed since on either side, in words; null where nothing did. */
  changed: z.string().nullable(),
  /** What could not be found out. */
  notKnown: z.array(z.string()),
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

export const eventFacts = z.object({ at: z.string(), who: z.string(), what: z.string() });

export const reportFacts = z.object({
  runId: z.string(),
  state: z.string(),
  moved: z.number(),
  setAside: z.number(),
  repaired: z.number(),
  excludedTables: z.number(),
  moneyColumns: z.number(),
  moneyEqual: z.boolean().nullable(),
  verified: z.enum(['verified', 'differences', 'incomplete', 'not-validated']),
  notVerified: z.array(z.string()),
  approvals: z.array(z.object({ approver: z.string(), action: z.string(), at: z.string() })),
  files: z.array(z.string()),
});

export const rehearsalFacts = z.object({
  status: z.enum(['passed', 'failed']),
  planHash: z.string(),
  rows: z.number(),
  written: z.number(),
  repaired: z.number(),
  setAside: z.number(),
  kindsSetAside: z.array(z.string()).optional(),
  seconds: z.object({ low: z.number(), likely: z.number(), high: z.number() }),
  problems: z.array(z.object({ entity: z.string(), check: z.string(), message: z.string() })),
  /** Of the moves under faults, where they were asked for. */
  chaos: z
    .object({
      status: z.enum(['passed', 'not-proven', 'failed']),
      seed: z.number(),
      moves: z.number(),
      faults: z.number(),
      rowsCompared: z.number(),
      violations: z.number(),
    })
    .optional(),
});

export const validationFacts = z.object({
  runId: z.string(),
  overallStatus: z.enum(['verified', 'differences', 'incomplete']),
  rowsCompared: z.number(),
  valuesCompared: z.number(),
  issues: z.array(findingFacts),
  notVerified: z.array(z.string()),
});

export const rollbackFacts = z.object({
  runId: z.string(),
  removed: z.number(),
  /** Records that were there before and are again what they were. */
  restored: z.number(),
  /** Records of others in the same tables. */
  kept: z.number(),
  tablesDropped: z.number(),
  /** Records of the move that stay: somebody has changed them since. */
  leftChanged: z.number(),
  /** Records of the move that stay: other records need them. */
  leftNeeded: z.number(),
  /** Removed although somebody had changed them. */
  forced: z.number(),
  /** Of the move, and deleted by others before. */
  goneBefore: z.number(),
});
