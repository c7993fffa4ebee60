/** `towpath quarantine list|show|export`: rows that were set aside. Values of rows only where asked for. */

import type { Cause, QuarantinedRow } from '../../engine/contract/contract.ts';
import { shape } from '../../engine/core/redaction.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import { writeTextFile } from '../../engine/workspace/files.ts';
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { oneOf, wholeNumber } from '../option-values.ts';
import { formatTable, plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';

interface QuarantineOptions {
  readonly cause?: string;
  readonly entity?: string;
  readonly run?: string;
  readonly limit?: number;
  readonly values?: boolean;
  readonly output?: string;
}

const actions = ['list', 'show', 'export'] as const;

export const quarantineCommand: CommandModule<QuarantineOptions> = {
  configure(command) {
    command
      .argument('<action>', 'list (by cause), show (rows) or export (a file)', oneOf(...actions))
      .argument('[id]', 'with show: one row, by the number that show prints')
      .option('--cause <reason>', 'only this cause, such as orphan-reference')
      .option('--entity <name>', 'only this entity')
      .option('--run <run>', 'the run (default: the newest)')
      .option('--limit <rows>', 'at most this many rows', wholeNumber(1, 10_000_000))
      .option('--values', 'with show: the values themselves, which may be personal')
      .option('--output <file>', 'with export: the file (JSON lines, may hold personal values)')
      .addHelpText(
        'after',
        '\nExamples:\n  towpath quarantine list\n  towpath quarantine show --cause orphan-reference --entity payments\n  towpath quarantine export --output set-aside.jsonl',
      );
  },
  run(context, options, [action, id]) {
    if (action === 'show') return show(context, options, id);
    if (id !== undefined)
      throw usageError(
        `“quarantine ${action}” takes no number.`,
        'Leave it out, or use: towpath quarantine show NUMBER',
      );
    return action === 'export' ? exportRows(context, options) : listCauses(context, options);
  },
};

function chosen(options: QuarantineOptions) {
  return {
    ...(options.run === undefined ? {} : { runId: options.run }),
    ...(options.entity === undefined ? {} : { entity: options.entity }),
  };
}

async function listCauses(context: Context, options: QuarantineOptions): Promise<ExitCode> {
  const all = await context.withEngine('target', (engine) => engine.causes(chosen(options)));
  const causes = all.filter((cause) => options.cause === undefined || cause.reason === options.cause);
  context.output.result({ status: 'success', causes });
  const aside = causes.filter((cause) => cause.outcome === 'quarantined');
  const repaired = causes.filter((cause) => cause.outcome === 'repaired');
  context.output.say(
    ...causeLines('set aside', aside),
    ...(repaired.length === 0 ? [] : ['', ...causeLines('moved with a noted repair', repaired)]),
  );
  if (aside.length > 0)
    context.output.say('', `Next: ${context.again(`quarantine show --cause ${aside[0]!.reason}`)}`);
  return exitCode.done;
}

function causeLines(what: string, causes: readonly Cause[]): string[] {
  const rows = causes.reduce((sum, cause) => sum + cause.rows, 0);
  if (rows === 0) return [`No row was ${what}.`];
  const cells = causes.map((cause) => [
    formatCount(cause.rows),
    cause.entity,
    cause.column ?? '',
    cause.reason,
    cause.sqlstate ?? '',
    plainText(cause.explanation, 90),
  ]);
  return [
    `${countOf(rows, 'row')} ${what}:`,
    ...formatTable(['rows', 'entity', 'column', 'cause', 'sqlstate', 'why'], cells, '  '),
  ];
}

async function show(context: Context, options: QuarantineOptions, id: string | undefined): Promise<ExitCode> {
  const rows = await read(context, options, id === undefined ? (options.limit ?? 20) : undefined);
  const found = id === undefined ? rows : rows.filter((row) => row.id === id);
  const told = found.map((row) => ({
    ...row,
    sourceRow: options.values ? row.sourceRow : shapesOf(row.sourceRow),
  }));
  context.output.result({ status: 'success', rows: told });
  if (found.length === 0) context.output.say('No such row is set aside.');
  for (const row of told) {
    context.output.say(
      `${row.id}  ${row.entity}, old key ${plainText(row.legacyId)}: ${plainText(row.message, 160)} (${row.reason}${row.column ? `, column ${row.column}` : ''})`,
    );
    if (id !== undefined || options.values) context.output.say(...valueLines(row.sourceRow));
  }
  if (found.length > 0 && !options.values) context.output.say('', 'Values are hidden; --values shows them.');
  return exitCode.done;
}

async function exportRows(context: Context, options: QuarantineOptions): Promise<ExitCode> {
  const rows = await read(context, options, options.limit);
  const file = context.path(options.output ?? 'reports/quarantine.jsonl');
  writeTextFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), 0o600);
  context.output.result({ status: 'success', file, rows: rows.length });
  context.output.say(
    `Wrote ${countOf(rows.length, 'row')} to ${file}. It holds the rows as they were and may hold personal values.`,
  );
  return exitCode.done;
}

/** Of the named run, else of the newest; `limit` undefined: all of them. */
function read(
  context: Context,
  options: QuarantineOptions,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<QuarantinedRow[]> {
  return context.withEngine('target', async (engine) => {
    const runId = options.run ?? (await engine.status()).runId;
    const cause = options.cause === undefined ? {} : { cause: options.cause };
    return engine.quarantine({ ...chosen(options), ...cause, runId, limit });
  });
}

function shapesOf(row: unknown): unknown {
  if (row === null || typeof row !== 'object') return row === null ? null : shape(row);
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, shape(value)]));
}

function valueLines(row: unknown): string[] {
  if (row === null || typeof row !== 'object') return ['    the row is no longer in the source'];
  return Object.entries(row).map(
    ([column, value]) =>
      `    ${plainText(column, 63)}: ${plainText(typeof value === 'string' ? value : JSON.stringify(value), 120)}`,
  );
}
