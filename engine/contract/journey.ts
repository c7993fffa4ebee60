/**
 * The journey of one migration as conversation, workflow and page walk it: where we are, what the next step is, and each
 * step as one call that checks what must be true before it. Everything it says is computed from facts; no model is involved.
 * It cannot give an approval: it asks for one and uses up what a person gave.
 */
import type { z } from 'zod';
import type { ApprovalAction } from './approvals.ts';
import type * as facts from './facts.ts';
import type { approvalCard, JourneyState, journeyState, runFacts } from './journey-state.ts';

/**
 * The answer of a step or a question: `words` are plain sentences made from the same facts as `data`, ready to be said to a
 * person; `choices` what can be answered, the recommended one first.
 */
export interface Told<Data> {
  readonly words: string;
  readonly data: Data;
  readonly choices: readonly string[];
}

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
  /** All of this migration, newest first; what a person declined is found here, and as expired what came to nothing. */
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
  /** What a change of the plan would do; nothing is written. */
  checkChange(change: facts.PlanChange): Facts<typeof facts.changeFacts>;
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
  /** `by` stands in the audit log as whoever asked for it. */
  pause(by: string): Facts<typeof runFacts>;
  /** Launches a process that goes on with the paused, interrupted or gate-approved run. */
  resume(): Facts<typeof runFacts>;
  cancel(by: string): Facts<typeof runFacts>;
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
