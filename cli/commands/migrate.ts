/** `towpath migrate`: moves everything, a group or entities, level by level. Refused without an approval of this plan. */

import type { Engine } from '../../engine/contract/contract.ts';
import type { MigrateOptions as EngineMigrateOptions, RunResult } from '../../engine/contract/run.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import type { CommandModule, Context } from '../command.ts';
import { list, share, wholeNumber } from '../option-values.ts';
import { loadPlan } from '../plan-in-use.ts';
import { concludeRun } from '../run/conclude-run.ts';
import { explainApproval } from '../run/explain-approval.ts';
import { findUnfinished } from '../run/find-run.ts';
import { runToEnd } from '../run/run-to-end.ts';

export interface MigrateOptions {
  readonly entities?: readonly string[];
  readonly withDeps?: boolean;
  readonly dryRun?: boolean;
  readonly resume?: boolean;
  readonly resumeFrom?: string;
  readonly batchSize?: number;
  readonly maxConcurrency?: number;
  readonly checkpointFrequency?: number;
  readonly timeoutMinutes?: number;
  readonly maxFailureRate?: number;
  readonly validate?: boolean;
  readonly yes?: boolean;
  readonly as?: string;
}

export const migrateCommand: CommandModule<MigrateOptions> = {
  configure(command) {
    command
      .argument('[what...]', 'all, groups or entities (default: all)')
      .option('--entities <names>', 'the same as a list separated by commas', list)
      .option('--with-deps', 'also what the named entities depend on')
      .option('--dry-run', 'read and transform everything, write nothing')
      .option('--resume', 'continue the newest unfinished run, if there is one')
      .option('--resume-from <run>', 'continue this run')
      .option('--batch-size <rows>', 'fix the size of a batch (default: adapts)', wholeNumber(1, 1_000_000))
      .option('--max-concurrency <n>', 'batches at a time, 1 to 8', wholeNumber(1, 8))
      .option('--checkpoint-frequency <batches>', 'batches between two summaries', wholeNumber(1, 100_000))
      .option('--timeout-minutes <n>', 'pause after this time', wholeNumber(1, 100_000))
      .option('--max-failure-rate <share>', 'share of rows that may be set aside, such as 0.02 or 2%', share)
      .option('--validate', 'compare every row and column afterwards (the default)')
      .option('--no-validate', 'do not; the report then says that nothing was verified')
      .option('--yes', 'approve this plan right now; without it an approval must exist')
      .option('--as <name>', 'who approves with --yes (default: the user of this computer)')
      .addHelpText(
        'after',
        '\nExamples:\n  towpath migrate\n  towpath migrate core --with-deps\n  towpath migrate --entities doctors,patients --dry-run\n  towpath migrate --resume',
      );
  },
  async run(context, options, words) {
    return concludeRun(context, await migrate(context, options, words));
  },
};

export async function migrate(
  context: Context,
  options: MigrateOptions,
  words: readonly string[],
): Promise<RunResult> {
  const { validate, yes: _, ...flags } = options;
  const config = await context.config(numbersOf(flags));
  const level = validate ?? config.validationLevel !== 'none';
  const dryRun = options.dryRun ?? config.mode === 'dry-run';
  return context.withEngine(
    'both',
    async (engine) => {
      const settings = {
        batchSize: config.batchSize,
        maxConcurrency: config.maxConcurrency,
        validate: level,
      };
      const earlier = await runToContinue(context, engine, options);
      if (earlier !== null) {
        return runToEnd(
          context,
          engine,
          (signal) => engine.resume(earlier, { ...settings, signal }),
          earlier,
        );
      }
      const plan = await loadPlan(context);
      const request: EngineMigrateOptions = {
        ...settings,
        entities: [...words, ...(options.entities ?? [])],
        withDependencies: options.withDeps ?? false,
        dryRun,
        checkpointFrequency: config.checkpointFrequency,
        timeoutMinutes: config.timeoutMilliseconds === null ? null : config.timeoutMilliseconds / 60_000,
        maxFailureRate: options.maxFailureRate ?? null,
        approveAs: options.yes === true ? (options.as ?? context.world.userName) : null,
      };
      return start(context, engine, plan, request);
    },
    { readOnlyTarget: dryRun, flags: numbersOf(flags) },
  );
}

async function start(
  context: Context,
  engine: Engine,
  plan: PlanFile,
  request: EngineMigrateOptions,
): Promise<RunResult> {
  try {
    return await runToEnd(context, engine, (signal) => engine.migrate(plan, { ...request, signal }));
  } catch (error) {
    throw error instanceof MigrationError ? explainApproval(context, error) : error;
  }
}

function numbersOf(options: MigrateOptions): Record<string, number | undefined> {
  const { batchSize, maxConcurrency, checkpointFrequency, timeoutMinutes } = options;
  return { batchSize, maxConcurrency, checkpointFrequency, timeoutMinutes };
}

/** The run that `--resume` or `--resume-from` mean; null: begin a new one. */
async function runToContinue(
  context: Context,
  engine: Engine,
  options: MigrateOptions,
): Promise<string | null> {
  if (options.resumeFrom !== undefined) return options.resumeFrom;
  if (options.resume !== true) return null;
  const unfinished = findUnfinished(await engine.runs());
  if (unfinished === null) context.output.warn('There is no unfinished run; a new one begins.');
  return unfinished?.runId ?? null;
}
