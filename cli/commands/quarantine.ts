/** `towpath quarantine list|show|try|retry|export`: rows that were set aside, by cause. Values only where asked for. */
import type { CommandModule } from '../command.ts';
import { oneOf, wholeNumber } from '../option-values.ts';
import { exportRows } from '../quarantine/export-rows.ts';
import { listCards } from '../quarantine/list-cards.ts';
import type { QuarantineOptions } from '../quarantine/options.ts';
import { retryRows } from '../quarantine/retry-rows.ts';
import { showRows } from '../quarantine/show-rows.ts';
import { tryRows } from '../quarantine/try-rows.ts';
import { usageError } from '../usage-error.ts';

const actions = ['list', 'show', 'try', 'retry', 'export'] as const;

export const quarantineCommand: CommandModule<QuarantineOptions> = {
  configure(command) {
    command
      .argument(
        '<action>',
        'list (a card a cause), show (rows), try (nothing is written), retry (move them), or export (files)',
        oneOf(...actions),
      )
      .argument(
        '[ids...]',
        'cards, as list shows them (default: all); with show also one row, by the number that show prints',
      )
      .option(
        '--cause <reason>',
        'only this cause: a reason such as orphan-reference, an SQLSTATE, or a card',
      )
      .option('--entity <name>', 'only this entity')
      .option('--run <run>', 'the run (default: the newest)')
      .option('--suggested', 'with try and retry: change the plan as the cards suggest')
      .option('--yes', 'with retry: approve it right now; without it an approval must exist')
      .option('--as <name>', 'who approves with --yes (default: the user of this computer)')
      .option('--no-validate', 'with retry: do not compare everything afterwards')
      .option('--limit <rows>', 'with show: at most this many rows', wholeNumber(1, 10_000_000))
      .option('--values', 'with show: the values themselves, which may be personal')
      .option(
        '--format <format>',
        'with export: jsonl (default) or csv, a file an entity',
        oneOf('jsonl', 'csv'),
      )
      .option('--output <file>', 'with export: the file, or with csv the folder (may hold personal values)')
      .option('--all', 'with export: rows too that were moved or settled since')
      .option(
        '--for-spreadsheet',
        'with export to csv: cells that a spreadsheet would run get a mark in front',
      )
      .addHelpText(
        'after',
        `
A card is a cause: reason or SQLSTATE, constraint, column and form of the value. Without --suggested, try and retry go by
the plan file as it stands, so edit it first. Retry moves rows as the old database has them now, all or none, and uses up
an approval of its own.

Examples:
  towpath quarantine list
  towpath quarantine show 1f0c9a2b
  towpath quarantine try 1f0c9a2b --suggested
  towpath quarantine retry 1f0c9a2b --suggested --yes
  towpath quarantine export --format csv --output set-aside`,
      );
  },
  run(context, options, [action, ...rest]) {
    const ids = rest.flat();
    switch (action) {
      case 'show':
        return showRows(context, options, ids);
      case 'try':
        return tryRows(context, options, ids);
      case 'retry':
        return retryRows(context, options, ids);
      case 'export':
        return exportRows(context, options, ids);
      default:
        if (ids.length > 0)
          throw usageError(
            '“quarantine list” takes no card.',
            'Leave it out, or use: towpath quarantine show CARD',
          );
        return listCards(context, options);
    }
  },
};
