/** A rehearsal on one screen: what went through, rows before and after (already masked), what the full run will take. */

import type { RehearsalReport } from '../../engine/contract/rehearsal.ts';
import {
  countOf,
  duplicateCount,
  entityWords,
  formatBytes,
  formatCount,
  formatDuration,
} from '../../engine/report/words.ts';
import { formatTable, plainText } from './table.ts';
import { validationLines } from './validation-lines.ts';

export function rehearsalLines(report: RehearsalReport, allSamples: boolean): string[] {
  const sum = (pick: (entity: RehearsalReport['entities'][number]) => number) =>
    report.entities.reduce((total, entity) => total + pick(entity), 0);
  const told = report.entities.filter((entity) => entity.repaired > 0 || entity.quarantined > 0);
  const shown = allSamples
    ? report.entities
    : report.entities.filter((entity) => entity.samples.length > 0).slice(0, 2);
  // faults are only tried on one that did; what came of them is told by chaos-lines.ts
  const wentThrough = report.status === 'passed' || report.chaos !== undefined;
  return [
    wentThrough
      ? 'The rehearsal went through.'
      : 'The rehearsal found something that must be put right first.',
    `${countOf(
      sum((e) => e.rows),
      'row',
    )} of ${countOf(report.entities.length, 'entity')}: ${formatCount(sum((e) => e.written))} moved, ${formatCount(sum((e) => e.repaired))} with a noted repair, ${formatCount(sum((e) => e.quarantined))} set aside${duplicateCount(sum((e) => e.duplicates ?? 0))}. The scratch schema is gone again.`,
    ...(told.length === 0
      ? []
      : [
          '',
          ...formatTable(
            ['entity', 'rows', 'repaired', 'set aside'],
            told.map((e) => [
              e.entity,
              formatCount(e.rows),
              formatCount(e.repaired),
              formatCount(e.quarantined),
            ]),
            '  ',
          ),
        ]),
    ...shown.flatMap((entity) => sampleLines(entity)),
    '',
    ...validationLines(report.validation),
    '',
    forecastLine(report.forecast),
    ...(report.removedLeftovers.length === 0
      ? []
      : [`Removed from a rehearsal that had been killed: ${report.removedLeftovers.join(', ')}.`]),
    ...(report.chaos === undefined ? [nextLine(wentThrough)] : []),
  ];
}

function nextLine(wentThrough: boolean): string {
  return wentThrough
    ? 'Next: towpath approve'
    : 'Next: put the plan right (towpath map shows it), then rehearse again.';
}

function sampleLines(entity: RehearsalReport['entities'][number]): string[] {
  const sample = entity.samples[0];
  if (sample === undefined) return [];
  const columns = [...new Set([...Object.keys(sample.after), ...Object.keys(sample.before)])].slice(0, 10);
  const cell = (value: string | null | undefined) =>
    value === undefined ? '' : plainText(value ?? 'null', 36);
  const rows = columns.map((name) => [
    plainText(name, 30),
    cell(sample.before[name]),
    cell(sample.after[name]),
  ]);
  return [
    '',
    `${entityWords(entity.entity)}, one row (personal values hidden):`,
    ...formatTable(['column', 'old system', 'new system'], rows, '  '),
  ];
}

export function forecastLine({ rows, seconds, targetBytes, walBytes }: RehearsalReport['forecast']): string {
  const [low, likely, high] = [seconds.low, seconds.likely, seconds.high].map((value) =>
    formatDuration(value * 1000),
  );
  return `The full move of ${countOf(rows, 'row')} takes about ${likely}, between ${low} and ${high}; the new database grows by about ${formatBytes(targetBytes)}, and as much as ${formatBytes(walBytes)} of write-ahead log passes.`;
}
