/** What the report of a run says, in numbers. */
import type { z } from 'zod';
import type { Engine } from '../../contract/contract.ts';
import type { reportFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import type { MigrationReport } from '../../contract/report.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import { reportFacts as statementsOf } from '../../report/report-facts.ts';
import { verdictOf } from '../../report/verdict.ts';
import { approvalWords, countOf, formatCount } from '../../report/words.ts';

type ReportFacts = z.infer<typeof shape>;

export interface ReportQuestion {
  readonly engine: Pick<Engine, 'report'>;
  /** Files of this run's report that are there. */
  readonly files: (runId: string) => readonly string[];
}

/** Of the newest run unless told. @throws MigrationError NO_RUN or UNKNOWN_RUN */
export async function reportFacts(
  { engine, files }: ReportQuestion,
  runId: string | null,
): Promise<Told<ReportFacts>> {
  const report = await engine.report(runId ?? undefined);
  return tellReport(report, files(report.run.runId));
}

function tellReport(report: MigrationReport, files: readonly string[]): Told<ReportFacts> {
  const { totals, money, approvals, notChecked } = statementsOf(report);
  const data: ReportFacts = {
    runId: report.run.runId,
    state: report.run.state,
    moved: totals.moved,
    setAside: totals.setAside,
    repaired: totals.repaired,
    excludedTables: report.excludedTables.length,
    moneyColumns: new Set(money.map(({ entity, column }) => `${entity}.${column}`)).size,
    moneyEqual: money.length === 0 ? null : money.every(({ monthsThatDiffer }) => monthsThatDiffer === 0),
    verified: report.validation?.overallStatus ?? 'not-validated',
    notVerified: notChecked.map((text) => shownSentence(text)),
    approvals: approvals.map(({ approver, action, at }) => ({
      approver: shownText(approver, 80),
      action: approvalWords(action),
      at,
    })),
    files: [...files],
  };
  return { words: wordsOf(data, verdictOf(report).sentence), data, choices: choicesOf(data) };
}

function wordsOf(facts: ReportFacts, verdict: string): string {
  return [
    verdict.replace(/\brows\b/g, 'records').replace(/\brow\b/g, 'record'),
    facts.moneyEqual === true &&
      `The money adds up in ${countOf(facts.moneyColumns, 'field')}, to the last digit.`,
    facts.moneyEqual === false && 'The money does not add up everywhere; the report names where.',
    facts.notVerified.length > 0 &&
      `Not checked: ${facts.notVerified[0]!}${facts.notVerified.length > 1 ? ` And ${formatCount(facts.notVerified.length - 1)} more.` : ''}`,
    facts.files.length === 0 ? 'The report is not written yet.' : 'The report is written and ready to read.',
  ]
    .filter((part) => part !== false)
    .join(' ');
}

function choicesOf({ files, setAside }: ReportFacts): string[] {
  const first = files.length === 0 ? 'Write the report' : 'Open the report';
  return setAside > 0 ? [first, 'Show what is set aside'] : [first];
}
