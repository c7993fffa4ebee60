/** `towpath rehearse`: the plan, tried on a sample in a scratch schema of the target that is dropped afterwards. */

import { type ChaosOptions, USUAL_FAULTS } from '../../engine/contract/chaos.ts';
import type { RehearsalReport } from '../../engine/contract/rehearsal.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { writeJsonFile } from '../../engine/workspace/files.ts';
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { openQuestionsLine } from '../map/open-questions-line.ts';
import { list, wholeNumber } from '../option-values.ts';
import { loadPlan } from '../plan-in-use.ts';
import { createStopSignal } from '../stop-signal.ts';
import { chaosLines } from '../text/chaos-lines.ts';
import { rehearsalLines } from '../text/rehearsal-lines.ts';
import { usageError } from '../usage-error.ts';

interface RehearseOptions {
  readonly entities?: readonly string[];
  readonly sample: number;
  readonly output?: string;
  readonly chaos?: boolean;
  readonly faults?: number;
  readonly seed?: number;
}

export const rehearseCommand: CommandModule<RehearseOptions> = {
  configure(command) {
    command
      .option('--entities <names>', 'only these entities or groups, separated by commas', list)
      .option(
        '--sample <rows>',
        'rows of each entity, before the rows they point to are added',
        wholeNumber(1, 1_000_000),
        500,
      )
      .option('--output <file>', 'keep the result as JSON')
      .option(
        '--chaos',
        'then move the same sample again and again while connections break, batches fail and processes die, and compare every row each time',
      )
      .option(
        '--faults <number>',
        `with --chaos: how many faults; default ${USUAL_FAULTS}`,
        wholeNumber(1, 1000),
      )
      .option(
        '--seed <number>',
        'with --chaos: draws the same faults again; printed with every result',
        wholeNumber(1, 2 ** 31 - 1),
      )
      .addHelpText(
        'after',
        '\nExamples:\n  towpath rehearse --entities core --sample 100\n  towpath rehearse --chaos --sample 50 --faults 30',
      );
  },
  async run(context, options) {
    refuseFaultsWithoutChaos(options);
    const plan = await loadPlan(context);
    const report = await rehearse(context, plan, options);
    if (options.output !== undefined) writeJsonFile(context.path(options.output), report);
    context.output.result(report);
    context.output.say(
      ...rehearsalLines(report, context.verbose),
      ...(report.chaos === undefined ? [] : ['', ...chaosLines(report.chaos, context.again)]),
      ...(options.chaos && report.chaos === undefined ? [NO_FAULT_TRIED] : []),
      ...openQuestionsLine(context, plan),
    );
    return codeOf(report);
  },
};

const NO_FAULT_TRIED = 'No fault was tried: that comes once the rehearsal itself goes through.';

/** What proves nothing is a gate not passed, like a rehearsal that does not go through; what does not hold has failed. */
function codeOf({ status, chaos }: RehearsalReport): ExitCode {
  if (chaos?.status === 'failed') return exitCode.failed;
  return status === 'passed' && chaos?.status !== 'not-proven' ? exitCode.done : exitCode.gateClosed;
}

/** A number without the option it belongs to would silently do nothing. */
function refuseFaultsWithoutChaos({ chaos, faults, seed }: RehearseOptions): void {
  if (chaos || (faults === undefined && seed === undefined)) return;
  throw usageError('--faults and --seed belong to --chaos.', 'Add it: towpath rehearse --chaos');
}

function chaosOf(context: Context, { faults = USUAL_FAULTS, seed }: RehearseOptions): ChaosOptions {
  return {
    faults,
    ...(seed === undefined ? {} : { seed }),
    tell: (words) => context.output.warn(words),
  };
}

export function rehearse(
  context: Context,
  plan: PlanFile,
  options: RehearseOptions,
): Promise<RehearsalReport> {
  return context.withEngine('both', async (engine) => {
    const stop = createStopSignal(context.world, {
      first: () => ['Stopping the rehearsal; the scratch schema is dropped.'],
      second: () => ['Stopped. The next rehearsal removes the scratch schema.'],
      say: (line) => context.output.warn(line),
    });
    try {
      return await engine.rehearse(plan, {
        entities: options.entities ?? [],
        sample: options.sample,
        signal: stop.signal,
        ...(options.chaos ? { chaos: chaosOf(context, options) } : {}),
      });
    } finally {
      stop.dispose();
    }
  });
}
