import { describe, expect, test } from 'vitest';
import { renderReport } from '../../../engine/report/render.ts';
import type { ReportData } from '../../../engine/report/report-data.ts';
import { sampleReport } from './sample-report.ts';

const plain = { detailed: false };
const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e|`*[x](javascript:alert(3))';

/** A report in which every name and text that comes from a database is hostile. */
function hostileReport(): ReportData {
  const report = sampleReport();
  const { run, validation } = report;
  return {
    ...report,
    plan: { ...report.plan, migration: hostile },
    run: {
      ...run,
      runId: hostile,
      entities: run.entities.map((entity, i) => ({ ...entity, entity: `${hostile}${i}` })),
    },
    approvals: report.approvals.map((approval) => ({
      ...approval,
      approver: hostile,
      reason: hostile,
      action: hostile,
    })),
    causes: report.causes.map((cause) => ({
      ...cause,
      entity: hostile,
      explanation: hostile,
      column: hostile,
      sqlstate: hostile,
    })),
    excludedTables: [{ table: hostile, reason: hostile }],
    notVerified: [hostile],
    validation: {
      ...validation!,
      overallStatus: 'differences',
      checks: validation!.checks.map((check) => ({
        ...check,
        entity: hostile,
        message: hostile,
        sql: `select '${hostile}'`,
        status: 'fail',
      })),
      issues: [
        {
          kind: 'mismatching',
          severity: 'critical',
          entity: hostile,
          check: 'row-compare',
          key: hostile,
          column: hostile,
          expected: hostile,
          actual: hostile,
          fix: hostile,
          message: hostile,
        },
      ],
      recommendations: [hostile],
      money: validation!.money.map((sum) => ({
        ...sum,
        entity: hostile,
        column: hostile,
        currency: hostile,
      })),
    },
  };
}

describe('HTML', () => {
  test('stands alone: no script, nothing fetched', () => {
    const html = renderReport(sampleReport(), 'html', plain);
    expect(html).not.toMatch(/<script|<link rel="stylesheet"|@import|url\(http|src="http|href="http/i);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@page { size: A4');
    expect(html.match(/<svg[^>]* role="img"/g)?.length).toBeGreaterThanOrEqual(3);
  });

  test.each([false, true])('hostile names stay text (detailed: %s)', (detailed) => {
    const html = renderReport(hostileReport(), 'html', { detailed });
    const elements = [...html.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<([a-z0-9]+)([^>]*)>/gi)];
    expect(elements.map(([, name]) => name)).not.toContain('script');
    expect(elements.map(([, name]) => name)).not.toContain('img');
    expect(
      elements.filter(([, , attributes]) => /\son\w+=/i.test(attributes!.replace(/"[^"]*"/g, '""'))),
    ).toEqual([]);
    expect(html).not.toContain('\u202e');
    expect(html).toContain('&lt;script&gt;');
  });

  test('says the same as the engine, with the whole beside each part', () => {
    const html = renderReport(sampleReport(), 'html', plain);
    for (const words of [
      'All 3,359,223 rows in the new system match the old one',
      'Not in the new system, 106 rows set aside',
      'Moved with a noted change, 489 rows',
      '8,214,377.25',
      '−41,230.60',
      'The files themselves',
      'Marta Lindqvist',
      'django_session',
      'select count(*) from public.orders;',
      'Date and signature',
    ]) {
      expect(html).toContain(words);
    }
  });

  test('values that differ, and their fixes, only where asked for', () => {
    const report = hostileReport();
    const secret = {
      ...report.validation!.issues[0]!,
      expected: 'old-value',
      actual: 'new-value',
      fix: 'update it',
    };
    const withSecret = { ...report, validation: { ...report.validation!, issues: [secret] } };
    for (const format of ['html', 'md', 'json'] as const) {
      expect(renderReport(withSecret, format, plain)).not.toMatch(/old-value|new-value|update it/);
      expect(renderReport(withSecret, format, { detailed: true })).toMatch(
        /old-value[\s\S]*new-value[\s\S]*update it/,
      );
    }
  });

  test('an empty run still makes a page', () => {
    const report = sampleReport();
    const empty: ReportData = {
      ...report,
      run: { ...report.run, state: 'failed', entities: [], finishedAt: null },
      approvals: [],
      causes: [],
      validation: null,
      throughput: [],
      excludedTables: [],
    };
    expect(renderReport(empty, 'html', plain)).toContain('The move is not finished: 0 of 0 rows');
    expect(renderReport(empty, 'md', plain)).toContain('no approval is recorded');
  });
});

describe('Markdown', () => {
  test('hostile names neither open tags nor break tables', () => {
    const text = renderReport(hostileReport(), 'md', plain);
    const outsideCode = text
      .replace(/^(`{3,})sql$[\s\S]*?^\1$/m, '')
      .replaceAll('\\`', '')
      .replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(text).not.toContain('\u202e');
    expect(outsideCode).not.toMatch(/<(script|img)/i);
    expect(outsideCode).not.toMatch(/\]\(javascript:/);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replace(/\\\|/g, '').split('|').length).toBeGreaterThan(3);
  });

  test('has the table and the statements', () => {
    const text = renderReport(sampleReport(), 'md', plain);
    expect(text).toContain('| Payments | 17,297 | 0 | 26 | 17,271 | 0 | all match |');
    expect(text).toContain('select count(*) from public.orders;');
  });
});

test('JSON holds the verdict, the sums and the results they came from', () => {
  const document = JSON.parse(renderReport(sampleReport(), 'json', plain));
  expect(document).toMatchObject({
    format: 'towpath-migration-report',
    verdict: { tone: 'pass' },
    totals: { source: 3359329, moved: 3359223, setAside: 106, leftOut: 0, missing: 0 },
    run: { runId: 'run_20261112_1004' },
  });
  expect(document.validation.checks).toHaveLength(49);
});
