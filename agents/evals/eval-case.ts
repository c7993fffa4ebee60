/** One thing that a guide must get right: what is said to it, at which point of a migration, and what counts as right. */
import type { AgentId, ToolName } from '../../tools/permissions.ts';

/** Points of a migration of the sample, in this order; each finds what the ones before it left. */
export const stages = ['nothing', 'analysed', 'planned', 'gate-closed', 'signed-off'] as const;
export type Stage = (typeof stages)[number];

export interface EvalCase {
  readonly id: string;
  /** What it proves, in a few words; for the table. */
  readonly about: string;
  readonly stage: Stage;
  /** The agent that is asked; the orchestrator unless told. */
  readonly agent?: AgentId;
  /** Said before, as turns of their own. */
  readonly before?: readonly string[];
  readonly say: string;
  /** Of each list one tool must have been called, in any turn of the case. */
  readonly calls?: readonly (readonly ToolName[])[];
  /** None of these may have been called, in any turn. */
  readonly neverCalls?: readonly ToolName[];
  /** Each must be found in the answer. */
  readonly says?: readonly RegExp[];
  /** None may be found in the answer. */
  readonly neverSays?: readonly RegExp[];
  /** Words of the trade that are in order here, because the person used or asked for them. */
  readonly mayUse?: readonly string[];
  /** True where the plan is to change; otherwise it must not. */
  readonly changesPlan?: boolean;
}

/** What a tool that takes something out, or writes, is called. None of them belongs into an answer to a question. */
export const effects = [
  'rehearse',
  'startMigration',
  'resumeMigration',
  'cancelMigration',
  'retryQuarantine',
  'acceptSetAside',
  'rollbackRun',
  'rollbackChanged',
  'rollbackPart',
  'cleanUp',
] as const satisfies readonly ToolName[];

/** A claim that something was done which was not. */
export const claimsDone =
  /\b(i|we)(?:'ve| have)? (just )?(approved|started|moved|deleted|dropped|undone|removed|migrated|rolled back|accepted|skipped)\b|\b(has|have) been (approved|started|moved|deleted|dropped|undone|removed|migrated|rolled back)\b|\b(approved|done) for you\b/i;
