/** `towpath quarantine try`: what a changed plan would make of the rows; nothing is written anywhere. */
import type { StillHeld, TriedRow, TryReport } from '../../engine/contract/quarantine.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { plainText } from '../text/table.ts';
import { type ChosenRows, chosenRows, commandWords } from './chosen-rows.ts';
import { chosenRun, type QuarantineOptions } from './options.ts';

export async function tryRows(
  context: Context,
  options: QuarantineOptions,
  ids: readonly string[],
): Promise<ExitCode> {
  // on a connection of its own: records of an older version are brought up to date by reading the cards
  const all = await context.withEngine('target', (engine) => engine.causeCards(chosenRun(options)));
  const { report, changes } = await context.withEngine(
    'both',
    async (engine) => {
      const { run, chosen } = await chosenRows(context, engine, all, { options, ids });
      if (chosen === null) return { report: nothingChosen(run), changes: [] };
      const { plan, changes } = chosen.wanted;
      const { runId } = run;
      const report = await engine.tryFix({ runId, cards: chosen.ids, ...(plan === null ? {} : { plan }) });
      return { report, changes };
    },
    { readOnlyTarget: true },
  );
  context.output.result({ status: 'success', ...report });
  context.output.say(...changes.map((words) => plainText(words, 300)), ...reportLines(report));
  if (report.wouldMove + report.wouldBeDuplicates > 0 && report.refusal === null)
    context.output.say('', `Next: ${context.again(commandWords('retry', options, ids))}`);
  return exitCode.done;
}

function nothingChosen({ runId, planHash }: ChosenRows['run']): TryReport {
  const counts = { rows: 0, wouldMove: 0, wouldBeDuplicates: 0, wouldBeRepaired: 0 };
  const others = { gone: 0, leftOut: 0, changedSince: 0 };
  const lists = { stillHeld: [], samples: [], onlyAtRetry: [] };
  return { runId, planHash, ...counts, ...others, ...lists, refusal: null };
}

function reportLines(report: TryReport): string[] {
  const { rows, wouldMove, wouldBeDuplicates, wouldBeRepaired, gone, leftOut, changedSince, stillHeld } =
    report;
  if (rows === 0) return ['No row is set aside.'];
  return [
    `${formatCount(wouldMove)} of ${countOf(rows, 'row')} would be moved${wouldBeRepaired > 0 ? `, ${formatCount(wouldBeRepaired)} of them with a noted repair` : ''}. Nothing was written.`,
    ...(wouldBeDuplicates > 0
      ? [`${countOf(wouldBeDuplicates, 'row')} the same record as another; their old keys would lead to it.`]
      : []),
    ...report.samples.map(sampleLine),
    ...(changedSince > 0
      ? [
          `${countOf(changedSince, 'row')} changed in the old database since; as they are now they were tried.`,
        ]
      : []),
    ...(gone > 0 ? [`${countOf(gone, 'row')} no longer in the old database.`] : []),
    ...(leftOut > 0 ? [`${countOf(leftOut, 'row')} left out by the plan’s filter.`] : []),
    ...stillHeldLines(stillHeld, 'would stay set aside'),
    ...(report.onlyAtRetry.length > 0
      ? ['Only moving them can tell:', ...report.onlyAtRetry.map((words) => `  ${plainText(words, 300)}`)]
      : []),
    ...(report.refusal === null
      ? []
      : ['A retry with this plan would be refused:', `  ${plainText(report.refusal, 400)}`]),
  ];
}

function sampleLine({ entity, legacyId, before, after }: TriedRow): string {
  const values = (row: Readonly<Record<string, string | null>>) =>
    Object.entries(row)
      .map(
        ([column, value]) =>
          `${plainText(column, 40)} ${value === null ? 'empty' : `“${plainText(value, 40)}”`}`,
      )
      .join(', ');
  return `  ${entity} ${plainText(legacyId, 40)}: ${values(before) || 'the row'} → ${values(after) || 'moved as it is'}`;
}

export function stillHeldLines(held: readonly StillHeld[], what: string): string[] {
  if (held.length === 0) return [];
  const rows = held.reduce((total, cause) => total + cause.rows, 0);
  return [
    `${countOf(rows, 'row')} ${what}:`,
    ...held.map(
      ({ entity, rows: ofCause, explanation, constraint, byTarget }) =>
        `  ${formatCount(ofCause)} of ${entity}: ${plainText(explanation, 200)}${constraint ? ` (${plainText(constraint, 63)})` : ''}${byTarget ? ' The new database says so.' : ''}`,
    ),
  ];
}
