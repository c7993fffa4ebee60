/** `towpath rehearse`: the plan, tried on a sample in a scratch schema of the target that is dropped afterwards. */

import type { RehearsalReport } from '../../engine/contract/contract.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { writeJsonFile } from '../../engine/workspace/files.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { openQuestionsLine } from '../map/open-questions-line.ts';
import { list, wholeNumber } from '../option-values.ts';
import { loadPlan } from '../plan-in-use.ts';
import { createStopSignal } from '../stop-signal.ts';
import { rehearsalLines } from '../text/rehearsal-lines.ts';

interface RehearseOptions {
  readonly entities?: readonly string[];
  readonly sample: number;
  readonly output?: string;
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
      .addHelpText('after', '\nExample:\n  towpath rehearse --entities core --sample 100');
  },
  async run(context, options) {
    const plan = await loadPlan(context);
    const report = await rehearse(context, plan, options);
    if (options.output !== undefined) writeJsonFile(context.path(options.output), report);
    context.output.result(report);
    context.output.say(...rehearsalLines(report, context.verbose), ...openQuestionsLine(context, plan));
    return report.status === 'passed' ? exitCode.done : exitCode.gateClosed;
  },
};

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
      });
    } finally {
      stop.dispose();
    }
  });
}
