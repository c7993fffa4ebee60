/** `towpath cleanup`: removes old checkpoints and logs. Mappings, approvals and the audit log are never touched. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { countOf } from '../../engine/report/words.ts';
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { wholeNumber } from '../option-values.ts';

interface CleanupOptions {
  readonly days: number;
}

export const cleanupCommand: CommandModule<CleanupOptions> = {
  configure(command) {
    command
      .option('--days <n>', 'what is older than this', wholeNumber(0, 36_500), 30)
      .addHelpText('after', '\nNever removes mappings, approvals, the audit log, reports or rows.');
  },
  async run(context, { days }) {
    const { removed } = await context.withEngine('target', (engine) =>
      engine.cleanup({ olderThanDays: days }),
    );
    const oldest = context.world.clock.now().getTime() - days * 86_400_000;
    const logs = removeFiles(context.path('logs'), /^migration-\d{8}\.log$/, oldest);
    const checkpoints = removeFiles(context.path('checkpoints'), /\.json$/, oldest);
    context.output.result({ status: 'success', removed, files: { logs, checkpoints } });
    context.output.say(...lines(removed, logs, checkpoints, days));
    return exitCode.done;
  },
};

function lines(
  removed: Readonly<Record<string, number>>,
  logs: number,
  checkpoints: number,
  days: number,
): string[] {
  const tables = Object.entries(removed).filter(([, rows]) => rows > 0);
  return [
    `Removed what is older than ${countOf(days, 'day')}: ${countOf(logs, 'log file')}, ${countOf(checkpoints, 'checkpoint file')}.`,
    ...tables.map(([table, rows]) => `  ${table}: ${countOf(rows, 'row')}`),
  ];
}

function removeFiles(folder: string, name: RegExp, olderThan: number): number {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return 0; // no such folder, so nothing in it
  }
  const old = names.filter((file) => name.test(file) && statSync(join(folder, file)).mtimeMs < olderThan);
  for (const file of old) rmSync(join(folder, file), { force: true });
  return old.length;
}
