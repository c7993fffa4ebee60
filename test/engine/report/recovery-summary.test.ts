import { expect, test } from 'vitest';
import { summarizeRecovery } from '../../../engine/report/recovery-summary.ts';
import { renderReport } from '../../../engine/report/render.ts';
import { recoveryWords } from '../../../engine/report/words.ts';
import { sampleReport } from './sample-report.ts';

const nothing = { causes: [], merged: 0, errors: [] };
const cause = (
  outcome: 'quarantined' | 'repaired',
  reason: string,
  rows: number,
  sqlstate: string | null = null,
) => ({ outcome, reason, sqlstate, rows }) as const;

test('rows and errors are counted by kind, and the share is of both', () => {
  const summary = summarizeRecovery({
    causes: [
      cause('repaired', 'malformed-email', 30),
      cause('repaired', 'orphan-reference', 10),
      cause('quarantined', 'dangling-reference', 5),
      cause('quarantined', 'refused-by-target', 2, '23505'),
      cause('quarantined', 'refused-by-target', 1, '23514'),
      cause('repaired', 'misfit-to-null', 7),
    ],
    merged: 40,
    errors: [
      { kind: 'connection-lost', recovered: 3, gaveUp: 1 },
      { kind: 'of an older version', recovered: 0, gaveUp: 1 },
    ],
  });
  const counted = summary.kinds.map(({ kind, of, recovered, neededPerson }) => [
    kind,
    of,
    recovered,
    neededPerson,
  ]);
  expect(counted).toEqual([
    ['unknown', 'errors', 0, 1],
    ['connection-lost', 'errors', 3, 1],
    ['duplicate-key', 'rows', 40, 2],
    ['malformed-email', 'rows', 30, 0],
    ['missing-parent', 'rows', 10, 5],
    ['wrong-length-or-type', 'rows', 7, 0],
    ['rule-of-target', 'rows', 0, 1],
  ]);
  expect(summary).toMatchObject({ recovered: 90, neededPerson: 10, share: '90 %' });
  expect(recoveryWords(summary)).toBe('Recovered automatically: 90 % (90 of 100); 10 needed a person.');
});

test('where nothing went wrong, no share is claimed', () => {
  expect(summarizeRecovery(nothing)).toEqual({ recovered: 0, neededPerson: 0, share: null, kinds: [] });
  expect(recoveryWords(summarizeRecovery(nothing))).toBe('Nothing went wrong on the way.');
});

test('every form of the report says it, and none where nothing went wrong', () => {
  const recovery = summarizeRecovery({
    ...nothing,
    causes: [cause('repaired', 'malformed-email', 1200), cause('quarantined', 'dangling-reference', 300)],
  });
  const words = /Recovered automatically: 80 % \\?\(1,200 of 1,500\\?\); 300 needed a person/;
  for (const format of ['md', 'html'] as const)
    expect(renderReport({ ...sampleReport(), recovery }, format, { detailed: false })).toMatch(words);
  const json = JSON.parse(renderReport({ ...sampleReport(), recovery }, 'json', { detailed: false }));
  expect(json.recovery).toMatchObject({ recovered: 1200, neededPerson: 300, share: '80 %' });
  const { recovery: _, ...without } = sampleReport();
  for (const report of [without, { ...without, recovery: summarizeRecovery(nothing) }])
    expect(renderReport(report, 'md', { detailed: false })).not.toContain('without a person');
});
