/** `towpath rollback`: shows what undoing a run would remove, and removes it only with `--confirm`. */

import type { RollbackReport } from '../../engine/contract/contract.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { list } from '../option-values.ts';
import { createStopSignal } from '../stop-signal.ts';
import { formatTable } from '../text/table.ts';

interface RollbackOptions {
  readonly entities?: readonly string[];
  readonly confirm?: boolean;
  readonly preview?: boolean;
}

export const rollbackCommand: CommandModule<RollbackOptions> = {
  configure(command) {
    command
      .argument('[run]', 'the run (default: the newest)')
      .option('--entities <names>', 'only these entities and what depends on them, separated by commas', list)
      .option('--preview', 'only show what would be removed')
      .option('--confirm', 'remove it')
      .addHelpText(
        'after',
        '\nOnly rows that the run put there are removed; the old database is never touched.',
      );
  },
  async run(context, options, [runId]) {
    const preview = options.preview === true || options.confirm !== true;
    const report = await rollback(context, { runId, entities: options.entities ?? [], preview });
    const refused = preview && options.preview !== true;
    const command = context.again(
      `rollback ${report.runId}${options.entities ? ` --entities ${options.entities.join(',')}` : ''} --confirm`,
    );
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

interface Request {
  readonly runId: string | undefined;
  readonly entities: readonly string[];
  readonly preview: boolean;
}

function rollback(context: Context, { runId, entities, preview }: Request): Promise<RollbackReport> {
  return context.withEngine('both', async (engine) => {
    const stop = createStopSignal(context.world, {
      first: () => ['Stopping after the table in hand. The same command continues.'],
      second: () => ['Stopped. The removal in hand is rolled back by the server.'],
      say: (line) => context.output.warn(line),
    });
    try {
      return await engine.rollback({
        entities,
        preview,
        signal: stop.signal,
        ...(runId === undefined ? {} : { runId }),
      });
    } finally {
      stop.dispose();
    }
  });
}

function restoredLines(entities: RollbackReport['entities'], preview: boolean): string[] {
  const restored = entities.reduce((sum, entity) => sum + (entity.restored ?? 0), 0);
  const left = entities.flatMap(({ entity, leftChanged = [] }) => leftChanged.map((id) => `${entity} ${id}`));
  return [
    ...(restored > 0
      ? [
          `${countOf(restored, 'row')} of them ${preview ? 'would get' : 'got'} back what the run had changed.`,
        ]
      : []),
    ...(left.length > 0
      ? [
          `${countOf(left.length, 'row')} that others have changed since stayed as they have it: ${left.slice(0, 10).join(', ')}.`,
        ]
      : []),
  ];
}

function rollbackLines({ runId, preview, entities }: RollbackReport): string[] {
  const rows = entities.reduce((sum, entity) => sum + entity.rows, 0);
  const kept = entities.reduce((sum, entity) => sum + entity.kept, 0);
  const table = entities.filter((entity) => entity.rows > 0 || entity.kept > 0 || entity.tableDropped);
  return [
    `Run ${runId}: ${countOf(rows, 'row')} of ${countOf(entities.length, 'entity')} ${preview ? 'would be' : 'were'} removed from the new database.`,
    ...(kept > 0
      ? [
          `${countOf(kept, 'row')} that the run did not bring ${preview ? 'would stay' : kept === 1 ? 'stays' : 'stay'}.`,
        ]
      : []),
    ...restoredLines(entities, preview),
    ...(table.length === 0
      ? []
      : [
          '',
          ...formatTable(
            ['entity', 'rows', 'left', 'table'],
            table.map((e) => [
              e.entity,
              formatCount(e.rows),
              formatCount(e.kept),
              e.tableDropped ? 'dropped' : 'stays',
            ]),
          ),
          '',
        ]),
  ];
}
