/** The end of the demo, for somebody who signs for an office and not for a database. */
import { formatDecimal, isZero } from '../../engine/report/decimal.ts';
import type { ReportedCause } from '../../engine/report/report-data.ts';
import { type ReportFacts, reportFacts } from '../../engine/report/report-facts.ts';
import { verdictOf } from '../../engine/report/verdict.ts';
import { countOf, entityWords, formatCount } from '../../engine/report/words.ts';
import type { DefectAccount } from './account-for-defects.ts';
import type { Journey } from './journey.ts';

export function summaryLines({ report, files }: Journey, account: DefectAccount): string[] {
  const facts = reportFacts(report);
  const page = files.find((file) => file.format === 'html')?.file ?? files[0]?.file ?? '';
  return [
    verdictOf(report, facts).sentence,
    '',
    ...causeLines(`${countOf(facts.totals.repaired, 'record')} moved with a noted repair`, facts.repaired),
    ...causeLines(
      `${countOf(facts.totals.setAside, 'record')} set aside for a person to decide; all are still in the old database`,
      facts.setAside,
    ),
    ...accountLines(account),
    ...moneyWords(facts),
    ...(facts.notChecked.length === 0
      ? ['Not checked: nothing that Towpath knows of.']
      : ['Not checked:', ...facts.notChecked.map((line) => `  ${line}`)]),
    '',
    `Report: ${page}`,
  ];
}

function causeLines(title: string, causes: readonly ReportedCause[]): string[] {
  const widest = Math.max(0, ...causes.map((cause) => formatCount(cause.rows).length));
  const lines = causes.map(
    (cause) =>
      `  ${formatCount(cause.rows).padStart(widest)}  ${entityWords(cause.entity)}${cause.column === null ? '' : `, ${cause.column}`}: ${cause.explanation}`,
  );
  return [`${title}${causes.length > 0 ? ':' : '.'}`, ...lines];
}

export function accountLines({ planted, byFate, open, unplanned }: DefectAccount): string[] {
  if (open.length === 0 && unplanned.length === 0) {
    return [
      `Every planted defect is accounted for: ${formatCount(planted)} of ${formatCount(planted)}. ${formatCount(byFate.quarantined)} set aside, ${formatCount(byFate.repaired)} repaired, ${formatCount(byFate.migrated)} moved exactly as they were. No other record was touched.`,
    ];
  }
  return [
    `Of ${countOf(planted, 'planted defect')}, ${formatCount(open.length)} came out otherwise than expected; ${formatCount(unplanned.length)} other records were set aside or repaired.`,
    ...open
      .slice(0, 10)
      .map(
        (defect) =>
          `  ${defect.entity} ${defect.legacyId}, ${defect.kind}: expected ${defect.expected}, is ${defect.actual}`,
      ),
    ...unplanned
      .slice(0, 10)
      .map((row) => `  ${row.entity} ${row.legacyId}: ${row.fate}, though nothing was planted`),
  ];
}

function moneyWords({ money }: ReportFacts): string[] {
  if (money.length === 0) return ['Money: not summed.'];
  const differing = money.filter((line) => !isZero(line.difference));
  const currencies = new Set(money.map((line) => line.currency)).size;
  const shown =
    differing.length > 0 ? differing : money.filter((line) => line.entity === 'payments').slice(0, 4);
  const title =
    differing.length === 0
      ? `Money: ${countOf(money.length, 'total')} in ${countOf(currencies, 'currency')}, the same to the last digit in the old and the new system (without the records set aside or changed).`
      : `Money: ${formatCount(differing.length)} of ${countOf(money.length, 'total')} differ.`;
  return [
    title,
    ...shown.map(
      (line) =>
        `  ${entityWords(line.entity)}, ${line.column}, ${line.currency ?? 'no currency'}: ${formatDecimal(line.moved)} → ${formatDecimal(line.target)}`,
    ),
  ];
}
