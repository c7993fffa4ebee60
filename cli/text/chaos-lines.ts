/** A rehearsal under faults on one screen: words, a table by kind of fault, the seed and the command that repeats it. */
import type { ChaosReport } from '../../engine/contract/chaos.ts';
import { chaosSentences, faultNames } from '../../engine/report/chaos-words.ts';
import { formatCount, formatDuration } from '../../engine/report/words.ts';
import { formatTable, plainText } from './table.ts';

const results = { held: 'held', broken: 'BROKEN', 'not-struck': '–' } as const;
const HEADS = {
  passed: 'The rehearsal under faults held.',
  'not-proven': 'The rehearsal under faults found nothing wrong, and proves nothing.',
  failed: 'The rehearsal under faults found something that does not hold.',
} as const;
const NEXT = {
  passed: 'Next: towpath approve',
  'not-proven': 'Next: the same with a larger --sample, all entities, or more --faults.',
  failed:
    'Next: do not start the move. Keep this result (--output FILE writes it) and report it as a fault of Towpath, with the seed.',
} as const;
/** A message may name what a database calls its tables. */
const LONGEST = 2000;

export function chaosLines(report: ChaosReport, again: (words: string) => string): string[] {
  const rows = report.kinds.map(({ kind, faults, retries, resumes, rowsCompared, result }) => [
    faultNames[kind],
    ...[faults.all, retries, resumes, rowsCompared].map(formatCount),
    results[result],
  ]);
  return [
    HEADS[report.status],
    ...chaosSentences(report).map((words) => plainText(words, LONGEST)),
    '',
    ...formatTable(['fault', 'faults', 'retries', 'resumes', 'rows compared', 'result'], rows, '  '),
    '',
    `Seed ${report.seed}, ${formatDuration(report.milliseconds)}. The same again: ${again(report.again)}`,
    NEXT[report.status],
  ];
}
