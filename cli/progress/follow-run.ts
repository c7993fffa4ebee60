/** Shows a run's events in the way that suits the reader: bars, lines, JSON lines, or nothing. */

import { createProgressTracker, type ProgressTracker } from '../../desk/run-progress.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import type { Context } from '../command.ts';
import { progressResult } from '../json/progress-result.ts';
import { createProgressLines, lineFor, type ProgressDisplay } from './progress-lines.ts';

export interface Following {
  readonly runId: string | null;
  /** A line that must be seen whatever the display is. */
  note(line: string): void;
  stop(): void;
}

export async function followRun(context: Context, engine: Engine): Promise<Following> {
  const tracker = createProgressTracker();
  const display = await chooseDisplay(context, tracker);
  const unsubscribe = engine.events.subscribe((event) => {
    tracker.see(event);
    display.update(event);
  });
  let stopped = false;
  return {
    get runId() {
      return tracker.runId;
    },
    note: (line) => (stopped ? context.output.warn(line) : display.note(line)),
    stop() {
      if (stopped) return;
      stopped = true;
      unsubscribe();
      display.stop();
    },
  };
}

async function chooseDisplay(context: Context, tracker: ProgressTracker): Promise<ProgressDisplay> {
  const { output, world, verbose, quiet } = context;
  if (output.json) return createJsonDisplay(context, tracker, verbose);
  if (world.stdout.isTTY) {
    const { createProgressBars } = await import('./progress-bars.ts');
    return createProgressBars(tracker, world.stdout, quiet ? null : lineFor);
  }
  return createProgressLines(tracker, quiet ? () => {} : (line) => output.say(line));
}

/** With `--verbose` a progress document per finished batch, at most one a second; without it nothing until the end. */
function createJsonDisplay({ output }: Context, tracker: ProgressTracker, verbose: boolean): ProgressDisplay {
  let last = Number.NEGATIVE_INFINITY;
  return {
    update(event) {
      const at = Date.parse(event.at);
      if (!verbose || event.type !== 'batch.completed' || at - last < 1000) return;
      last = at;
      output.jsonLine(progressResult(tracker.current(), process.memoryUsage.rss(), event.runId));
    },
    note: (line) => output.warn(line),
    stop() {},
  };
}
