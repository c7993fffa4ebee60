/** The one sentence at the top of a report, built from results only, and its tone. */
import type { ReportData } from './report-data.ts';
import { type ReportFacts, reportFacts } from './report-facts.ts';
import { countOf, formatCount, joinWords } from './words.ts';

export interface Verdict {
  /** `pass` only where everything that moved was compared and matches. */
  readonly tone: 'pass' | 'warn' | 'fail';
  readonly sentence: string;
}

const finished = new Set(['completed', 'copied', 'validating']);

export function verdictOf(report: ReportData, facts: ReportFacts = reportFacts(report)): Verdict {
  const { run, validation } = report;
  const { totals } = facts;
  if (run.state === 'rolled-back')
    return { tone: 'warn', sentence: 'The move was undone; its rows are no longer in the new system.' };
  if (validation?.overallStatus === 'differences') return { tone: 'fail', sentence: differences(facts) };
  if (!finished.has(run.state) || totals.missing > 0) {
    const tone = run.state === 'failed' ? 'fail' : 'warn';
    return { tone, sentence: `The move is not finished: ${unfinished(report, facts)}${aside(facts)}.` };
  }
  if (validation === null) {
    return {
      tone: 'warn',
      sentence: `${countOf(totals.moved, 'row')} were moved; none of them has been compared with the old system yet${aside(facts)}.`,
    };
  }
  const allCompared = facts.entities.every((entity) => entity.compared === 'match' || entity.moved === 0);
  if (validation.overallStatus === 'verified' && allCompared && validation.rowsCompared >= totals.moved) {
    return {
      tone: 'pass',
      sentence: `All ${countOf(totals.moved, 'row')} in the new system match the old one, field by field${remainder(facts)}.`,
    };
  }
  return {
    tone: 'warn',
    sentence: `No difference was found, but ${formatCount(Math.min(validation.rowsCompared, totals.moved))} of ${countOf(totals.moved, 'row')} in the new system were compared${remainder(facts)}.`,
  };
}

/** Rows of tables that the move has not come to are not counted yet, so there is no whole to name. */
function unfinished({ run: { entities } }: ReportData, { totals }: ReportFacts): string {
  const ahead = entities.filter(({ state }) => state === 'pending').length;
  if (ahead === 0)
    return `${formatCount(totals.moved)} of ${countOf(totals.source - totals.leftOut, 'row')} are in the new system`;
  const rows = `${countOf(totals.moved, 'row')} ${totals.moved === 1 ? 'is' : 'are'} in the new system`;
  return `${rows}, and ${formatCount(ahead)} of ${countOf(entities.length, 'table')} ${ahead === 1 ? 'has' : 'have'} not begun`;
}

function differences(facts: ReportFacts): string {
  const names = [...new Set(facts.failed.map((check) => check.entity))];
  const where = names.length > 3 ? countOf(names.length, 'table') : joinWords(names);
  const found = facts.differences.length;
  const what = found > 0 ? countOf(found, 'difference') : countOf(facts.failed.length, 'failed check');
  return `${what} between the old and the new system${where === '' ? '' : `, in ${where}`}. The new system must not be used before they are understood.`;
}

/** `; 125 rows are not in it, and 3 things were not checked` */
function remainder(facts: ReportFacts): string {
  const { setAside, leftOut } = facts.totals;
  const absent = setAside + leftOut;
  const of =
    setAside > 0 && leftOut > 0
      ? ` (${formatCount(setAside)} set aside, ${formatCount(leftOut)} left out by the plan)`
      : '';
  const rows = `${absent === 1 ? '1 row is' : `${formatCount(absent)} rows are`} not in it${of}`;
  const things = facts.notChecked.length;
  const unchecked =
    things === 1 ? '1 thing was not checked' : `${formatCount(things)} things were not checked`;
  if (absent > 0 && things > 0) return `; ${rows}, and ${unchecked}`;
  return absent > 0 ? `; ${rows}` : things > 0 ? `; ${unchecked}` : '';
}

function aside({ totals }: ReportFacts): string {
  const verb = totals.setAside === 1 ? 'is' : 'are';
  return totals.setAside > 0 ? `; ${formatCount(totals.setAside)} ${verb} set aside` : '';
}
