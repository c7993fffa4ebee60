/** `towpath watch`: follows a run that another process moves, by reading its status, until it ends. */

import { rowsForecast } from '../../desk/rows-forecast.ts';
import { createProgressTracker } from '../../desk/run-progress.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import type { RunStatus } from '../../engine/contract/run.ts';
import { isAbort } from '../../engine/core/errors.ts';
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { progressResult } from '../json/progress-result.ts';
import { overallLine } from '../progress/progress-lines.ts';
import { isOver } from '../run/find-run.ts';
import { stateWords } from './list.ts';

interface WatchOptions {
  readonly interval: number;
}

export const watchCommand: CommandModule<WatchOptions> = {
  configure(command) {
    command
      .argument('[run]', 'the run (default: the newest)')
      .option('--interval <seconds>', 'time between two looks', (text) => Math.max(0.2, Number(text) || 2), 2)
      .addHelpText(
        'after',
        '\nCtrl-C ends the watching, not the run. With --json: one JSON document a line.',
      );
  },
  run: (context, options, [runId]) =>
    context.withEngine('target', async (engine) =>
      ending(context, await watch(context, engine, runId, options.interval)),
    ),
};

/** Returns when the run is over, or its process gone, or the reader has seen enough. */
async function watch(
  context: Context,
  engine: Engine,
  runId: string | undefined,
  seconds: number,
): Promise<RunStatus> {
  const { world, output } = context;
  const enough = new AbortController();
  const dispose = world.onInterrupt(() => enough.abort());
  const tracker = createProgressTracker();
  try {
    const { planHash } = await engine.status(runId);
    const forecast = await rowsForecast(engine, planHash);
    for (;;) {
      const run = await engine.status(runId);
      tracker.seeStatus(run, world.clock.now(), forecast);
      output.jsonLine({
        ...progressResult(tracker.current(), process.memoryUsage.rss(), run.runId),
        state: run.state,
      });
      output.say(overallLine(tracker));
      if (enough.signal.aborted || isOver(run) || !run.alive) return run;
      await world.clock.sleep(seconds * 1000, enough.signal).catch((error: unknown) => {
        if (!isAbort(error)) throw error;
      });
    }
  } finally {
    dispose();
  }
}

function ending(context: Context, run: RunStatus): ExitCode {
  context.output.say(`Run ${run.runId}: ${stateWords(run)}.`);
  return run.state === 'failed' ? exitCode.failed : exitCode.done;
}
