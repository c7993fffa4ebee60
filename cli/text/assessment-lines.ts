/** The assessment on a few lines: how hard, why, what will be asked, what does not move by itself. */
import type { Assessment } from '../../engine/report/assessment/assessment.ts';
import { sentenceOf } from '../../engine/report/assessment/document.ts';
import { countOf, formatBytes, formatCount, joinWords, spanWords } from '../../engine/report/words.ts';
import { plainText } from './table.ts';

const mostReasons = 5;
const mostKinds = 6;
/** The links move; that their rules for deletion do not is for the report. */
const quiet: ReadonlySet<string> = new Set(['foreign-key', 'column-default']);

export function assessmentLines(assessment: Assessment): string[] {
  const { reasons, size, notCarried, personal } = assessment;
  const left = [
    ...Map.groupBy(
      notCarried.filter(({ fate, kind }) => fate === 'left' && !quiet.has(kind)),
      ({ kind }) => kind.replaceAll('-', ' '),
    ),
  ];
  const kinds = left.slice(0, mostKinds).map(([kind, items]) =>
    countOf(
      items.reduce((sum, { count }) => sum + count, 0),
      kind,
    ),
  );
  const more = left.length - kinds.length;
  return [
    plainText(sentenceOf(assessment), 300),
    ...reasons.slice(0, mostReasons).map((reason) => `  ${plainText(reason, 200)}`),
    ...(size.tables > 0
      ? [
          `The move itself: ${spanWords(size.seconds)}, about ${formatBytes(size.targetBytes)} in the new database; the rehearsal measures it.`,
        ]
      : []),
    ...(left.length > 0
      ? [
          `Does not move by itself: ${joinWords(more > 0 ? [...kinds, `${formatCount(more)} more kinds of things`] : kinds)}.`,
        ]
      : []),
    ...(personal.length > 0
      ? [`${countOf(personal.length, 'column')} ${personal.length === 1 ? 'looks' : 'look'} personal.`]
      : []),
  ];
}
