/** `towpath quarantine show`: rows one by one; their values only with --values. */
import type { QuarantinedRow } from '../../engine/contract/quarantine.ts';
import { shape, withoutValues } from '../../engine/core/redaction.ts';
import { refusalWords } from '../../engine/rehearsal/code-trial/refusal-words.ts';
import { explainCause } from '../../engine/report/explain-cause.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { plainText } from '../text/table.ts';
import { chooseCards, chosenRun, type QuarantineOptions } from './options.ts';

const USUAL = 20;
/** A row's number has fewer figures than a card has characters, or none but figures. */
const ROW = /^\d{1,7}$/;

export async function showRows(
  context: Context,
  options: QuarantineOptions,
  ids: readonly string[],
): Promise<ExitCode> {
  const one = ids.length === 1 && ROW.test(ids[0]!) ? ids[0]! : null;
  const found = await readRows(context, options, one === null ? ids : [], one);
  const told = found.map((row) => ({
    ...row,
    message: options.values ? row.message : safeMessage(row),
    sourceRow: options.values ? row.sourceRow : shapesOf(row.sourceRow),
  }));
  context.output.result({ status: 'success', rows: told });
  if (found.length === 0) context.output.say('No such row is set aside.');
  for (const row of told) {
    context.output.say(
      `${row.id}  ${row.entity}, old key ${plainText(row.legacyId)}: ${plainText(row.message, 160)} (${row.reason}${row.column ? `, column ${row.column}` : ''})`,
    );
    if (one !== null || options.values) context.output.say(...valueLines(row.sourceRow));
  }
  if (found.length > 0 && !options.values) context.output.say('', 'Values are hidden; --values shows them.');
  return exitCode.done;
}

/** What code or the target says is in their own words, which may quote the row with or without quotes around it. */
function safeMessage({ reason, message, sqlstate, column }: QuarantinedRow): string {
  if (reason === 'code-rejected') return refusalWords(message, column === null ? [] : [column]).message;
  if (reason === 'refused-by-target')
    return explainCause({ outcome: 'quarantined', reason, sqlstate, column });
  return withoutValues(message);
}

/** Of the named run, else of the newest. */
function readRows(
  context: Context,
  options: QuarantineOptions,
  ids: readonly string[],
  one: string | null,
): Promise<QuarantinedRow[]> {
  return context.withEngine('target', async (engine) => {
    const runId = options.run ?? (await engine.status()).runId;
    const { cause } = options;
    const limit = options.limit ?? USUAL;
    const byReason = ids.length === 0 && (cause === undefined || !/^[0-9a-f]{8}$/.test(cause));
    if (one !== null || byReason) {
      const rows = await engine.quarantine({
        ...chosenRun(options),
        ...(cause === undefined ? {} : { cause }),
        runId,
        limit: one === null ? limit : Number.MAX_SAFE_INTEGER,
      });
      return one === null ? rows : rows.filter(({ id }) => id === one);
    }
    const cards = chooseCards(await engine.causeCards({ ...chosenRun(options), runId }), options, ids);
    const rows = await engine.quarantine({ ...chosenRun(options), runId, limit: Number.MAX_SAFE_INTEGER });
    return rows.filter((row) => cards.some((card) => isOf(row, card))).slice(0, limit);
  });
}

type Cause = Pick<QuarantinedRow, 'entity' | 'reason' | 'sqlstate' | 'constraint' | 'column' | 'shape'>;

function isOf(row: Cause, card: Cause): boolean {
  const names = ['entity', 'reason', 'sqlstate', 'constraint', 'column', 'shape'] as const;
  return names.every((name) => (row[name] ?? null) === (card[name] ?? null));
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
