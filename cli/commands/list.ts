/** `towpath list`: all runs, the newest first. */

import type { RunStatus } from '../../engine/contract/run.ts';
import { countOf, formatCount, formatMoment } from '../../engine/report/words.ts';
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { formatTable } from '../text/table.ts';

export const listCommand: CommandModule<Record<string, never>> = {
  configure() {},
  async run(context) {
    const runs = await context.withEngine('target', (engine) => engine.runs());
    context.output.result({ status: 'success', runs: runs.map(runDocument) });
    if (runs.length === 0) {
      context.output.say('There are no runs in this target yet.', `Next: ${context.again('migrate')}`);
      return exitCode.done;
    }
    const rows = runs.map((run) => [
      run.runId,
      run.migration,
      stateWords(run),
      formatCount(written(run)),
      formatMoment(run.startedAt),
    ]);
    context.output.say(
      ...formatTable(['run', 'migration', 'state', 'rows moved', 'started'], rows),
      '',
      countOf(runs.length, 'run'),
    );
    return exitCode.done;
  },
};

/** `copying` without a process that holds the run is told as what it is. */
export function stateWords(run: RunStatus): string {
  return run.state === 'copying' && !run.alive ? 'stopped (its process is gone)' : run.state;
}

const written = (run: RunStatus) => run.entities.reduce((sum, entity) => sum + entity.written, 0);

function runDocument({ entities, ...run }: RunStatus) {
  return {
    ...run,
    entities: entities.length,
    written: entities.reduce((sum, entity) => sum + entity.written, 0),
  };
}
