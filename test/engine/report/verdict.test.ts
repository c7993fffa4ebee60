import { describe, expect, test } from 'vitest';
import { renderReport } from '../../../engine/report/render.ts';
import type { ReportData } from '../../../engine/report/report-data.ts';
import { verdictOf } from '../../../engine/report/verdict.ts';
import { reportedCheck, sampleReport } from './sample-report.ts';

function changed(change: (report: ReportData) => Partial<ReportData>): ReportData {
  const report = sampleReport();
  return { ...report, ...change(report) };
}

describe('the verdict is built from results', () => {
  test('everything compared: says how many, what is missing and what was not checked', () => {
    expect(verdictOf(sampleReport())).toEqual({
      tone: 'pass',
      sentence:
        'All 3,359,223 rows in the new system match the old one, field by field; 106 rows are not in it, and 2 things were not checked.',
    });
  });

  test('never validated: nothing is called matching', () => {
    const verdict = verdictOf(changed(() => ({ validation: null })));
    expect(verdict.tone).toBe('warn');
    expect(verdict.sentence).toContain('none of them has been compared');
    expect(verdict.sentence).not.toMatch(/match|verified|complete/i);
  });

  test('one table was not compared: no “all”', () => {
    const report = changed(({ validation }) => ({
      validation: {
        ...validation!,
        checks: validation!.checks.filter(
          (check) => check.entity !== 'tasks' || check.type !== 'row-compare',
        ),
      },
    }));
    expect(verdictOf(report).tone).toBe('warn');
    expect(verdictOf(report).sentence).not.toContain('All ');
  });

  test('a sample was compared: says how many of how many', () => {
    const report = changed(({ validation }) => ({ validation: { ...validation!, rowsCompared: 500 } }));
    expect(verdictOf(report)).toMatchObject({ tone: 'warn' });
    expect(verdictOf(report).sentence).toContain('500 of 3,359,223 rows');
  });

  test('differences come before everything else', () => {
    const report = changed(({ validation }) => ({
      validation: {
        ...validation!,
        overallStatus: 'differences',
        checks: [...validation!.checks, reportedCheck('orders', 'row-compare', { status: 'fail' })],
        issues: [
          {
            kind: 'mismatching',
            severity: 'critical',
            entity: 'orders',
            check: 'row-compare',
            key: '7',
            message: 'total differs',
          },
        ],
      },
    }));
    expect(verdictOf(report)).toEqual({
      tone: 'fail',
      sentence:
        '1 difference between the old and the new system, in orders. The new system must not be used before they are understood.',
    });
  });

  test('what should be done, but is no difference, is told apart', () => {
    const message = 'tasks: the table has no index on its reference order_id.';
    const report = changed(({ validation }) => ({
      validation: {
        ...validation!,
        checks: [
          ...validation!.checks,
          reportedCheck('tasks', 'reference-index', { status: 'fail', message }),
        ],
        issues: [
          { kind: 'readiness', severity: 'minor', entity: 'tasks', check: 'reference-index', message },
        ],
      },
    }));
    expect(verdictOf(report).tone).toBe('pass');
    expect(renderReport(report, 'html', { detailed: false })).not.toContain('Differences');
    expect(renderReport(report, 'md', { detailed: false })).toContain('## To do before people work');
    expect(renderReport(report, 'md', { detailed: false })).not.toContain('## Differences');
  });

  test('a run that failed or stopped half way is not a move', () => {
    for (const state of ['paused', 'failed', 'copying', 'cancelled']) {
      const report = changed(({ run }) => ({ run: { ...run, state: state as ReportData['run']['state'] } }));
      expect(verdictOf(report).sentence).toMatch(/^The move is not finished: 3,359,223 of 3,359,329 rows/);
      expect(verdictOf(report).tone).not.toBe('pass');
    }
  });

  test('tables that have not begun are not counted, so no whole is named', () => {
    const report = changed(({ run }) => ({
      run: {
        ...run,
        state: 'failed',
        entities: run.entities.map((entity) =>
          entity.entity === 'tasks'
            ? { ...entity, state: 'pending', totalRecords: 0, written: 0, quarantined: 0, excluded: 0 }
            : entity,
        ),
      },
    }));
    const { sentence } = verdictOf(report);
    expect(sentence).toMatch(/rows are in the new system, and 1 of [\d,]+ tables has not begun/);
    expect(sentence, 'no whole that is smaller than what is to be moved').not.toMatch(
      /[\d,]+ of [\d,]+ rows/,
    );
  });

  test('rows that are nowhere are not passed over', () => {
    const report = changed(({ run }) => ({
      run: {
        ...run,
        entities: run.entities.map((entity) =>
          entity.entity === 'tasks' ? { ...entity, written: 1 } : entity,
        ),
      },
    }));
    expect(verdictOf(report).sentence).toContain('The move is not finished');
  });

  test('undone', () => {
    const report = changed(({ run }) => ({ run: { ...run, state: 'rolled-back' } }));
    expect(verdictOf(report).sentence).toContain('undone');
  });
});
