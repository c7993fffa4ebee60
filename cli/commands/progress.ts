/** `towpath progress`: how far a run is, from two looks a moment apart, so that a pace can be told. */

import { rowsForecast } from '../../desk/rows-forecast.ts';
import { createProgressTracker } from '../../desk/run-progress.ts';
import { formatCount } from '../../engine/report/words.ts';
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { progressResult } from '../json/progress-result.ts';
import { overallLine } from '../progress/progress-lines.ts';
import { formatTable } from '../text/table.ts';
import { stateWords } from './list.ts';

interface ProgressOptions {
  readonly details?: boolean;
}

const betweenLooks = 1000;
/** Before that, two looks say too little about how long the rest takes. */
const settledAfter = 30_000;

export const progressCommand: CommandModule<ProgressOptions> = {
  configure(command) {
    command
      .argument('[run]', 'the run (default: the newest)')
      .option('--details', 'a line for every entity that is moving');
  },
  async run(context, options, [runId]) {
    const { clock } = context.world;
    const [run, tracker] = await context.withEngine('target', async (engine) => {
      const first = await engine.status(runId);
      const age = clock.now().getTime() - Date.parse(first.startedAt);
      const tracker = createProgressTracker({ isSettled: age >= settledAfter });
      const forecast = await rowsForecast(engine, first.planHash);
      tracker.seeStatus(first, clock.now(), forecast);
      if (!first.alive) return [first, tracker] as const;
      await clock.sleep(betweenLooks);
      const second = await engine.status(first.runId);
      tracker.seeStatus(second, clock.now(), forecast);
      return [second, tracker] as const;
    });
    const now = tracker.current();
    context.output.result({ ...progressResult(now, process.memoryUsage.rss(), run.runId), state: run.state });
    context.output.say(`Run ${run.runId}: ${stateWords(run)}.`, overallLine(tracker));
    if (options.details) {
      const rows = now.active.map((e) => [
        e.entity,
        e.state,
        formatCount(e.rowsDone),
        formatCount(e.rowsTotal),
      ]);
      context.output.say(...formatTable(['entity', 'state', 'done', 'rows'], rows, '  '));
    }
    return exitCode.done;
  },
};
