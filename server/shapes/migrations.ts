/** The migrations that this server knows: the configured databases, and the sample. */
import { z } from 'zod';
import { journeyState, journeyStep } from '../../engine/contract/journey-state.ts';

export const migrationIds = ['own', 'sample'] as const;
/** Address of a migration: `own` for the configured databases, `sample` for the made-up lab. */
export const migrationId = z.enum(migrationIds);
export type MigrationId = z.infer<typeof migrationId>;

export const stages = ['look', 'plan', 'rehearse', 'move', 'check', 'sign-off'] as const;
export type Stage = (typeof stages)[number];

export const stage = z.object({
  stage: z.enum(stages),
  state: z.enum(['done', 'running', 'waiting', 'stopped', 'to-do']),
  /** One short fact, such as “45 tables to move”; null: nothing to say yet. */
  fact: z
    .object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type StageState = z.infer<typeof stage>;

export const migrationSummary = z.object({
  id: migrationId,
  name: z.string(),
  source: z.string().nullable(),
  target: z.string().nullable(),
  /**
   * not-made   the sample: nobody has asked for it yet
   * closed     not opened by this process; open it to know more
   * opening    the databases are being prepared
   * open       see `step`
   * trouble    it could not be opened, see `problem`
   */
  state: z.enum(['not-made', 'closed', 'opening', 'open', 'trouble']),
  step: journeyStep.nullable(),
  stages: z.array(stage),
  /** What a person is asked for; null: nothing waits. */
  waiting: z.object({ kind: z.enum(['question', 'approval', 'problem']), text: z.string() }).nullable(),
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type MigrationSummary = z.infer<typeof migrationSummary>;

/** An open migration as the page shows it beside everything else. */
export const migrationView = migrationSummary.extend({ journey: journeyState.nullable() });
export type MigrationView = z.infer<typeof migrationView>;
