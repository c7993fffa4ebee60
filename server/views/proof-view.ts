/** The proof as the page draws it, from the same statements that every report makes. */
import type { MigrationReport } from '../../engine/contract/report.ts';
import { shownSentence, shownText } from '../../engine/core/shown-text.ts';
import { factsOfFinding, MOST_FINDINGS } from '../../engine/journey/facts/finding-facts.ts';
import { type ReportFacts, reportFacts } from '../../engine/report/report-facts.ts';
import { verdictOf } from '../../engine/report/verdict.ts';
import { approvalWords, entityWords } from '../../engine/report/words.ts';
import { reportFormats } from '../../engine/workspace/report-files.ts';
import type { CauseLine, Proof, ProvenSample, SignOffState } from '../shapes/proof.ts';

export interface Proven {
  readonly report: MigrationReport;
  readonly samples: readonly ProvenSample[];
  readonly signOff: SignOffState;
}

export function proofOf({ report, samples, signOff }: Proven): Proof {
  const { run, plan, generatedAt, excludedTables } = report;
  const facts = reportFacts(report);
  return {
    runId: run.runId,
    migration: plan.migration,
    planHash: run.planHash,
    state: run.state,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    generatedAt,
    verdict: verdictOf(report, facts),
    validation: validationOf(report),
    ...statementsOf(facts),
    tables: tablesOf(report, facts),
    rechecks: rechecksOf(report),
    samples: [...samples],
    approvals: facts.approvals.map(({ approver, action, at, reason, planHash }) => ({
      approver: shownText(approver, 200),
      action,
      title: approvalWords(action),
      at,
      reason: reason === null ? null : shownText(reason, 2500),
      planHash,
    })),
    excluded: excludedTables.map(({ table, reason }) => ({
      table: shownText(table, 130),
      reason: shownSentence(reason, 200),
    })),
    signOff,
    reports: reportFormats.map((format) => ({ format, path: `/reports/${run.runId}.${format}` })),
  };
}

function validationOf({ validation }: MigrationReport): Proof['validation'] {
  if (validation === null) return null;
  const { overallStatus, timestamp, rowsCompared, valuesCompared } = validation;
  const count = (wanted: string) => validation.checks.filter(({ status }) => status === wanted).length;
  const checks = {
    pass: count('pass'),
    fail: count('fail'),
    skipped: count('skipped'),
    couldNotCheck: count('could-not-check'),
  };
  return { overallStatus, at: timestamp, rowsCompared, valuesCompared, checks };
}

type Statements = Pick<
  Proof,
  | 'held'
  | 'notChecked'
  | 'todo'
  | 'differences'
  | 'differencesCount'
  | 'totals'
  | 'setAside'
  | 'repaired'
  | 'money'
>;

function statementsOf(facts: ReportFacts): Statements {
  return {
    held: facts.held.map((words) => shownText(words, 300)),
    notChecked: facts.notChecked.map((words) => shownSentence(words)),
    todo: facts.todo.map((words) => shownSentence(words)),
    differences: facts.differences.slice(0, MOST_FINDINGS).map(factsOfFinding),
    differencesCount: facts.differences.length,
    totals: facts.totals,
    setAside: facts.setAside.map(causeLine),
    repaired: facts.repaired.map(causeLine),
    money: facts.money.map((line) => ({ ...line, title: entityWords(line.entity) })),
  };
}

function tablesOf({ run }: MigrationReport, { entities }: ReportFacts): Proof['tables'] {
  const ahead = new Set(run.entities.filter(({ state }) => state === 'pending').map(({ entity }) => entity));
  return entities.map(({ words, ...counts }) => ({
    ...counts,
    title: words,
    begun: !ahead.has(counts.name),
  }));
}

function rechecksOf({ validation }: MigrationReport): Proof['rechecks'] {
  return (validation?.checks ?? []).flatMap(({ entity, type, expected, actual, sql }) =>
    sql === null ? [] : [{ entity, check: type, expected, found: actual, sql: sql.trim() }],
  );
}

function causeLine({ entity, column, rows, explanation }: ReportFacts['setAside'][number]): CauseLine {
  return {
    entity,
    title: entityWords(entity),
    column: column === null ? null : shownText(column, 70),
    rows,
    explanation: shownText(explanation),
  };
}
