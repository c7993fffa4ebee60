/** The report as one JSON document: the verdict, the sums, then everything they came from. */
import type { Finding } from '../core/findings.ts';
import type { ReportData } from './report-data.ts';
import { reportFacts } from './report-facts.ts';
import { verdictOf } from './verdict.ts';

export function renderJson(report: ReportData, { detailed }: { readonly detailed: boolean }): string {
  const facts = reportFacts(report);
  const { validation } = report;
  const document = {
    format: 'towpath-migration-report',
    version: 1,
    verdict: verdictOf(report, facts),
    totals: facts.totals,
    held: facts.held,
    notChecked: facts.notChecked,
    money: facts.money,
    ...report,
    validation:
      validation === null
        ? null
        : { ...validation, issues: detailed ? validation.issues : validation.issues.map(withoutValues) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Which row and column differ, not what stands in them. */
export function withoutValues({
  expected: _expected,
  actual: _actual,
  fix: _fix,
  ...finding
}: Finding): Finding {
  return finding;
}
