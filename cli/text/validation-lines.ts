/** A validation report as lines on a terminal: the verdict, what failed, what was not checked. No values of rows. */

import type { ValidationReport } from '../../engine/contract/validation.ts';
import { redactText } from '../../engine/core/redaction.ts';
import { isMinor } from '../../engine/report/report-facts.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import { plainText } from './table.ts';

const mostShown = 12;

export function validationLines(report: ValidationReport): string[] {
  const notPassed = report.checks.filter((check) => check.status === 'fail');
  const failed = notPassed.filter((check) => !isMinor(check, report.issues));
  const minor = notPassed.filter((check) => isMinor(check, report.issues));
  const unsure = report.checks.filter((check) => check.status === 'could-not-check');
  return [
    verdictLine(report),
    ...shorten(failed.map((check) => `  differs: ${plainText(redactText(check.message), 160)}`)),
    ...shorten(unsure.map((check) => `  could not check: ${plainText(redactText(check.message), 160)}`)),
    ...shorten(minor.map((check) => `  to do: ${plainText(redactText(check.message), 160)}`)),
    ...shorten(report.notVerified.map((what) => `  not checked: ${plainText(what, 160)}`)),
    ...shorten(report.recommendations.map((what) => `  recommended: ${plainText(redactText(what), 160)}`)),
  ];
}

function verdictLine(report: ValidationReport): string {
  const passed = report.checks.filter((check) => check.status === 'pass').length;
  const of = `${formatCount(passed)} of ${countOf(report.checks.length, 'check')} passed`;
  const compared =
    report.rowsCompared > 0
      ? `, ${countOf(report.rowsCompared, 'row')} and ${countOf(report.valuesCompared, 'value')} compared`
      : '';
  switch (report.overallStatus) {
    case 'verified':
      return `Everything that was checked matches: ${of}${compared}.`;
    case 'differences':
      return `Differences found (${countOf(report.issues.filter((issue) => issue.severity !== 'minor').length, 'finding')}): ${of}${compared}.`;
    case 'incomplete':
      return `No difference found, but not everything could be checked: ${of}${compared}.`;
  }
}

function shorten(lines: readonly string[]): string[] {
  const rest = lines.length - mostShown;
  return rest > 0 ? [...lines.slice(0, mostShown), `  … and ${rest} more (--json shows all)`] : [...lines];
}
