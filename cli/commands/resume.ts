/** `towpath resume`: continues a run from its committed checkpoints, in this or another process. */
import type { RunResult } from '../../engine/contract/contract.ts';
import type { CommandModule, Context } from '../command.ts';
import { wholeNumber } from '../option-values.ts';
import { concludeRun } from '../run/conclude-run.ts';
import { runToEnd } from '../run/run-to-end.ts';

interface ResumeOptions {
  readonly restartFromBatch?: number;
  readonly batchSize?: number;
  readonly maxConcurrency?: number;
  readonly validate?: boolean;
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
      .option('--no-validate', 'do not compare rows afterwards');
  },
  async run(context, options, [runId = '']) {
    return concludeRun(context, await resume(context, options, runId));
  },
};

export async function resume(context: Context, options: ResumeOptions, runId: string): Promise<RunResult> {
  const { validate, restartFromBatch, ...numbers } = options;
  const config = await context.config({ ...numbers });
  const request = {
    batchSize: config.batchSize,
    maxConcurrency: config.maxConcurrency,
    validate: validate ?? config.validationLevel !== 'none',
    ...(restartFromBatch === undefined ? {} : { restartFromBatch }),
  };
  return context.withEngine('both', (engine) =>
    runToEnd(context, engine, (signal) => engine.resume(runId, { ...request, signal }), runId),
  );
}
