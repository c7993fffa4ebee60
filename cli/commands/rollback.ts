/** `towpath rollback`: shows what undoing a run would remove, and removes it only with `--confirm`. */

import type { RollbackReport } from '../../engine/contract/undo.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { list, wholeNumber } from '../option-values.ts';
import { saveAudit } from '../run/save-audit.ts';
import { createStopSignal } from '../stop-signal.ts';
import { rollbackLines } from '../text/rollback-lines.ts';

interface Options {
  readonly entities?: readonly string[];
  readonly level?: number;
  readonly confirm?: boolean;
  readonly preview?: boolean;
  readonly forceChanged?: boolean;
}

export const rollbackCommand: CommandModule<Options> = {
  configure(command) {
    command
      .argument('[run]', 'the run (default: the newest)')
      .option('--entities <names>', 'only these entities and what depends on them, separated by commas', list)
      .option(
        '--level <number>',
        'only this level of the plan and every later one, the last first',
        wholeNumber(0, 10_000),
      )
      .option('--preview', 'only show what would be removed')
      .option('--confirm', 'remove it')
      .option(
        '--force-changed',
        'also remove rows that somebody has changed since: their changes are lost for good',
      )
      .addHelpText(
        'after',
        [
          '\nOnly rows that the run put there are removed; the old database is never touched.',
          'Rows that somebody else has changed since, and rows that other people’s rows point to, stay and are listed.',
          'It can be stopped and killed: the same command goes on.',
        ].join('\n'),
      );
  },
  async run(context, options, [runId]) {
    const preview = options.preview === true || options.confirm !== true;
    const report = await rollback(context, options, { runId, preview });
    const refused = preview && options.preview !== true;
    const command = context.again(`rollback ${report.runId}${chosen(options)} --confirm`);
    context.output.result({
      status: refused ? 'waiting_for_approval' : 'success',
      ...report,
      ...(preview ? { confirm: command } : {}),
    });
    context.output.say(...rollbackLines(report));
    if (preview) context.output.say(`Nothing was removed. To remove it: ${command}`);
    return refused ? exitCode.waitingForApproval : exitCode.done;
  },
};

function chosen({ entities, level, forceChanged }: Options): string {
  return [
    entities ? ` --entities ${entities.join(',')}` : '',
    level === undefined ? '' : ` --level ${level}`,
    forceChanged ? ' --force-changed' : '',
  ].join('');
}

function rollback(
  context: Context,
  { entities = [], level, forceChanged = false }: Options,
  { runId, preview }: { readonly runId: string | undefined; readonly preview: boolean },
): Promise<RollbackReport> {
  return context.withEngine('both', async (engine) => {
    const stop = createStopSignal(context.world, {
      first: () => ['Stopping after the table in hand. The same command continues.'],
      second: () => ['Stopped. The removal in hand is rolled back by the server.'],
      say: (line) => context.output.warn(line),
    });
    try {
      const report = await engine.rollback({
        entities,
        preview,
        forceChanged,
        by: context.world.userName,
        signal: stop.signal,
        ...(level === undefined ? {} : { level }),
        ...(runId === undefined ? {} : { runId }),
      });
      if (!preview) await saveAudit(context, engine);
      return report;
    } finally {
      stop.dispose();
    }
  });
}
