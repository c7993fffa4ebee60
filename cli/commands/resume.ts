/** `towpath resume`: continues a run from its committed checkpoints, in this or another process. */
import type { RunResult } from '../../engine/contract/run.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { CommandModule, Context } from '../command.ts';
import { wholeNumber } from '../option-values.ts';
import { loadPlan } from '../plan-in-use.ts';
import { concludeRun } from '../run/conclude-run.ts';
import { explainApproval } from '../run/explain-approval.ts';
import { runToEnd } from '../run/run-to-end.ts';

interface ResumeOptions {
  readonly restartFromBatch?: number;
  readonly batchSize?: number;
  readonly maxConcurrency?: number;
  readonly validate?: boolean;
  readonly editedPlan?: boolean;
  readonly yes?: boolean;
  readonly as?: string;
}

export const resumeCommand: CommandModule<ResumeOptions> = {
  configure(command) {
    command
      .argument('<run>', 'the run, as “towpath list” shows it')
      .option(
        '--restart-from-batch <n>',
        'repeat from this batch on: its rows and later ones are taken out first',
        wholeNumber(1, 2_147_483_647),
      )
      .option('--batch-size <rows>', 'fix the size of a batch', wholeNumber(1, 1_000_000))
      .option('--max-concurrency <n>', 'batches at a time, 1 to 8', wholeNumber(1, 8))
      .option('--no-validate', 'do not compare rows afterwards')
      .option(
        '--edited-plan',
        'go on by the plan file as it is now: what is complete must read the same in it, anything else is moved anew',
      )
      .option('--yes', 'with --edited-plan: approve that plan right now; without it an approval must exist')
      .option('--as <name>', 'who approves with --yes (default: the user of this computer)')
      .addHelpText(
        'after',
        '\nA kind of records that failed holds back itself and what points at it; the others are in. Put right what it says,\nin the databases or in the plan, and resume moves just these.\n\nExamples:\n  towpath resume 20261121-104207-3f9a\n  towpath approve && towpath resume 20261121-104207-3f9a --edited-plan',
      );
  },
  async run(context, options, [runId = '']) {
    return concludeRun(context, await resume(context, options, runId));
  },
};

export async function resume(context: Context, options: ResumeOptions, runId: string): Promise<RunResult> {
  const { validate, restartFromBatch, batchSize, maxConcurrency } = options;
  const config = await context.config({ batchSize, maxConcurrency });
  const request = {
    batchSize: config.batchSize,
    maxConcurrency: config.maxConcurrency,
    validate: validate ?? config.validationLevel !== 'none',
    ...(restartFromBatch === undefined ? {} : { restartFromBatch }),
  };
  return context.withEngine('both', async (engine) => {
    const edited = options.editedPlan === true ? await editedPlan(context, options) : {};
    try {
      return await runToEnd(
        context,
        engine,
        (signal) => engine.resume(runId, { ...request, ...edited, signal }),
        runId,
      );
    } catch (error) {
      throw error instanceof MigrationError ? explainApproval(context, error) : error;
    }
  });
}

async function editedPlan(context: Context, { yes, as }: ResumeOptions) {
  return {
    plan: await loadPlan(context),
    approveAs: yes === true ? (as ?? context.world.userName) : null,
  };
}
