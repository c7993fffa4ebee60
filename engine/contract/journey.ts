/**
 * The journey of one migration as conversation, workflow and page walk it: where we are, what the next step is, and each
 * step as one call that checks what must be true before it. Everything it says is computed from facts; no model is involved.
 * It cannot give an approval: it asks for one and uses up what a person gave.
 */
import { z } from 'zod';
import { type ApprovalAction, approvalActions } from './approvals.ts';
import type * as facts from './facts.ts';

/** In this order; `sign-off` done means the journey has arrived. */
export const journeySteps = [
  'connect',
  'preflight',
  'analyse',
  'plan',
  'rehearse',
  'migrate',
  'validate',
  'report',
  'sign-off',
  'done',
] as const;
export const journeyStep = z.enum(journeySteps);
export type JourneyStep = z.infer<typeof journeyStep>;

export const choice = z.object({ id: z.string(), label: z.string() });

export const approvalCard = z.object({
  id: z.string(),
  action: z.enum(approvalActions),
  state: z.enum(['requested', 'granted', 'declined', 'used', 'expired']),
  title: z.string(),
  effect: z.array(z.string()).readonly(),
  maxRows: z.number(),
  reversible: z.object({ answer: z.enum(['yes', 'partly', 'no']), how: z.string() }),
  inTarget: z.string(),
  needsReason: z.boolean(),
  planHash: z.string(),
  sourceFingerprint: z.string().nullable(),
  targetFingerprint: z.string().nullable(),
  runId: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
});

/** What a workflow waits for. Answered by a person; an approval card only by deciding the approval it shows. */
export const journeyCard = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('question'),
    step: journeyStep,
    title: z.string(),
    text: z.string(),
    choices: z.array(choice).min(1),
    /** Id of the recommended choice; it comes first. */
    recommended: z.string(),
  }),
  z.object({ kind: z.literal('approval'), step: journeyStep, approval: approvalCard }),
  z.object({
    kind: z.literal('problem'),
    step: journeyStep,
    title: z.string(),
    text: z.string(),
    problems: z.array(z.object({ what: z.string(), remedy: z.string() })),
    choices: z.array(choice).min(1),
    recommended: z.string(),
  }),
]);
export type JourneyCard = z.infer<typeof journeyCard>;

/**
 * The answer of a step or a question: `words` are plain sentences made from the same facts as `data`, ready to be said to a
 * person; `choices` what can be answered, the recommended one first.
 */
export interface Told<Data> {
  readonly words: string;
  readonly data: Data;
  readonly choices: readonly string[];
}

export const runFacts = z.object({
  runId: z.string(),
  state: z.string(),
  alive: z.boolean(),
  /** How many levels have passed their gates. */
  level: z.number(),
  levels: z.number(),
  totalRecords: z.number(),
  written: z.number(),
  /** Records that are the same as another one that moves; absent: none. */
  duplicates: z.number().optional(),
  repaired: z.number(),
  setAside: z.number(),
  /** True when the run waits at a closed gate. */
  gateClosed: z.boolean(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type RunFacts = z.infer<typeof runFacts>;

export const journeyState = z.object({
  step: journeyStep,
  source: z.string().nullable(),
  target: z.string().nullable(),
  catalog: z
    .object({ tables: z.number(), rows: z.number(), takenAt: z.string(), fingerprint: z.string() })
    .nullable(),
  plan: z
    .object({
      hash: z.string(),
      migration: z.string(),
      entities: z.number(),
      levels: z.number(),
      rows: z.number(),
      excluded: z.number(),
      seconds: z.number(),
      mistakes: z.number(),
      /** Questions that must still be answered. */
      questions: z.number(),
    })
    .nullable(),
  rehearsal: z
    .object({
      planHash: z.string(),
      status: z.enum(['passed', 'failed']),
      rows: z.number(),
      setAside: z.number(),
      kindsSetAside: z.array(z.string()).optional(),
      seconds: z.object({ low: z.number(), likely: z.number(), high: z.number() }),
    })
    .nullable(),
  run: runFacts.nullable(),
  validation: z
    .object({
      overallStatus: z.enum(['verified', 'differences', 'incomplete']),
      rowsCompared: z.number(),
      issues: z.number(),
      notVerified: z.array(z.string()),
    })
    .nullable(),
  /** Files of the last report, as shown to a person. */
  report: z.array(z.string()),
  signedOff: z.object({ by: z.string(), at: z.string() }).nullable(),
  /** Waiting for a person. */
  approvals: z.array(approvalCard),
  /** One sentence each. */
  inTarget: z.string(),
  undo: z.string(),
  next: z.string(),
});
export type JourneyState = z.infer<typeof journeyState>;

/** Where an effect needs a person first: `needs-approval` with the card; nothing has happened then. */
export type Effect<Data> =
  | { readonly status: 'done'; readonly told: Told<Data> }
  | {
      readonly status: 'needs-approval';
      readonly card: z.infer<typeof approvalCard>;
      readonly words: string;
    };

/** Kinds of records of a run, or a level of its plan and every later one; together those of the kinds that stand there. */
export interface UndoPart {
  /** Empty: all of them. */
  readonly entities: readonly string[];
  readonly level: number | null;
}

type Facts<Schema extends z.ZodType> = Promise<Told<z.infer<Schema>>>;
type Done<Schema extends z.ZodType> = Promise<Effect<z.infer<Schema>>>;

/** Rejects with a MigrationError whose message and hint can be told to a person; then nothing has happened. */
export interface Journey {
  state(): Promise<JourneyState>;
  /** All of this migration, newest first; what a person declined is found here. */
  approvals(): Promise<z.infer<typeof approvalCard>[]>;

  // read
  whereWeAre(): Facts<typeof journeyState>;
  preflight(): Promise<Told<z.infer<typeof facts.checkFacts>[]>>;
  /** Reads the source and keeps the catalog; with `keep`, one that was kept before is enough. */
  analyse(options?: { readonly keep?: boolean }): Facts<typeof facts.catalogFacts>;
  tables(search: string | null): Promise<Told<z.infer<typeof facts.tableEntry>[]>>;
  table(name: string): Facts<typeof facts.tableFacts>;
  column(table: string, column: string): Facts<typeof facts.columnFacts>;
  /** Which fields hold personal data: names of fields, never a value. */
  personal(): Facts<typeof facts.personalFacts>;
  /** How hard the move is, what will have to be decided and what does not move by itself. */
  assessment(): Facts<typeof facts.assessmentFacts>;
  plan(): Facts<typeof facts.planFacts>;
  /** What the plan cannot decide; `next` is the one behind `after`, or the first that is open. */
  questions(after: number | null): Facts<typeof facts.questionsFacts>;
  mapping(entity: string): Facts<typeof facts.mappingFacts>;
  /** What changed in the source since the plan was made. */
  drift(): Facts<typeof facts.driftFacts>;
  /** Statements that would make the new tables; nothing runs. */
  ddl(entities: readonly string[]): Facts<z.ZodArray<z.ZodString>>;
  run(runId: string | null): Facts<typeof runFacts>;
  causes(of: {
    readonly runId: string | null;
    readonly entity: string | null;
  }): Promise<Told<z.infer<typeof facts.causeFacts>[]>>;
  findings(runId: string | null): Promise<Told<z.infer<typeof facts.findingFacts>[]>>;
  row(entity: string, id: string): Facts<typeof facts.rowFacts>;
  report(runId: string | null): Facts<typeof facts.reportFacts>;
  /** Whether the audit log is what was written. */
  auditVerdict(): Facts<typeof facts.auditVerdictFacts>;
  /** Who did what, newest first. */
  auditEntries(of: {
    readonly runId: string | null;
    readonly limit: number;
  }): Promise<Told<z.infer<typeof facts.auditEntryFacts>[]>>;
  events(limit: number): Promise<Told<z.infer<typeof facts.eventFacts>[]>>;

  /** Rows that were set aside, by cause, with what is suggested. */
  causeCards(): Promise<Told<z.infer<typeof facts.cardFacts>[]>>;

  /** Tries code on a few rows; the plan stays as it is. That it fails is an answer. */
  tryCode(code: facts.CodeToTry): Facts<typeof facts.trialFacts>;

  /** What undoing the newest run, or a part of it, would do now; nothing is changed. */
  previewRollback(part?: UndoPart): Facts<typeof facts.rollbackFacts>;

  // propose
  /** A new plan for the kept catalog; with `keep`, a valid one that is there already stays. */
  createPlan(options?: { readonly keep?: boolean }): Facts<typeof facts.planFacts>;
  changePlan(change: facts.PlanChange): Facts<typeof facts.changeFacts>;
  /** As a person answered: the letter or the words of a choice, or `recommended`. */
  answerQuestion(number: number, choice: string): Facts<typeof facts.answersFacts>;
  /** Every question without an answer, as recommended. */
  takeRecommended(): Facts<typeof facts.answersFacts>;
  /** What would become of rows that were set aside; `suggested`: with what their cards suggest. Writes nothing. */
  tryFix(choice: {
    readonly cards: readonly string[];
    readonly suggested: boolean;
  }): Facts<typeof facts.fixTrialFacts>;
  /** Asks a person; gives nothing. The same wish asked twice is one card. */
  requestApproval(action: ApprovalAction, by: string): Facts<typeof approvalCard>;

  // execute
  /** With `chaos`, the sample is moved again and again under faults, too. */
  rehearse(by: string, options?: { readonly chaos: boolean }): Done<typeof facts.rehearsalFacts>;
  /** Launches the run in a process of its own and returns once it is seen in the control schema. */
  start(by: string): Done<typeof runFacts>;
  pause(): Facts<typeof runFacts>;
  /** Launches a process that goes on with the paused, interrupted or gate-approved run. */
  resume(): Facts<typeof runFacts>;
  cancel(): Facts<typeof runFacts>;
  /** Resolves when the run has passed another level, stopped, or `milliseconds` are over. */
  untilNextLevel(after: number | null, milliseconds: number): Facts<typeof runFacts>;
  validate(): Facts<typeof facts.validationFacts>;
  writeReport(): Facts<typeof facts.reportFacts>;

  /** Moves rows that were set aside, with an approval of its own; the plan file then says what they were moved by. */
  retryHeld(
    choice: { readonly cards: readonly string[]; readonly suggested: boolean },
    by: string,
  ): Done<typeof facts.retryFacts>;

  // destroy: only with an approval
  acceptSetAside(by: string): Done<typeof runFacts>;
  /** `forceChanged`: records that others have changed since go too. That, and each part, is an approval of its own. */
  rollback(
    by: string,
    options?: { readonly forceChanged?: boolean; readonly part?: UndoPart },
  ): Done<typeof facts.rollbackFacts>;
  cleanUp(olderThanDays: number, by: string): Done<z.ZodRecord<z.ZodString, z.ZodNumber>>;
  /** Done once a person has signed. */
  signOff(by: string): Done<typeof approvalCard>;
}
