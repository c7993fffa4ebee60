/** Everything a report states, computed once from the results, so that all formats say the same. */
import type { Finding } from '../core/findings.ts';
import { chaosInShort } from './chaos-words.ts';
import { type MoneyLine, moneyLines } from './money-lines.ts';
import type { ReportData, ReportedCause, ReportedCheck, ReportedEntity } from './report-data.ts';
import { countOf, entityWords } from './words.ts';

export type Compared = 'match' | 'differs' | 'could-not-check' | 'not-compared';

export interface EntityFacts {
  readonly name: string;
  readonly words: string;
  readonly level: number;
  readonly source: number;
  readonly leftOut: number;
  readonly setAside: number;
  /** The same record as another row, to whose row they lead. */
  readonly duplicates: number;
  readonly moved: number;
  readonly repaired: number;
  /** Rows of the source that are neither moved nor set aside nor left out. */
  readonly missing: number;
  readonly compared: Compared;
}

export interface ReportFacts {
  readonly entities: readonly EntityFacts[];
  readonly totals: Pick<
    EntityFacts,
    'source' | 'leftOut' | 'setAside' | 'duplicates' | 'moved' | 'repaired' | 'missing'
  >;
  readonly setAside: readonly ReportedCause[];
  readonly repaired: readonly ReportedCause[];
  readonly money: readonly MoneyLine[];
  /** What was checked and holds, in words. */
  readonly held: readonly string[];
  /** In the order of time. */
  readonly approvals: ReportData['approvals'];
  /** Checks that found a difference between the old and the new system. */
  readonly failed: readonly ReportedCheck[];
  readonly differences: readonly Finding[];
  /** What does not differ, but should be done before people work with the new system, in words. */
  readonly todo: readonly string[];
  readonly notChecked: readonly string[];
}

export function reportFacts(report: ReportData): ReportFacts {
  const checks = report.validation?.checks ?? [];
  const issues = report.validation?.issues ?? [];
  const failed = checks.filter((check) => check.status === 'fail');
  const entities = report.run.entities.map((entity) => factsOf(entity, checks));
  const sum = (pick: (entity: EntityFacts) => number) =>
    entities.reduce((total, entity) => total + pick(entity), 0);
  const byRows = (outcome: ReportedCause['outcome']) =>
    report.causes.filter((cause) => cause.outcome === outcome).sort((a, b) => b.rows - a.rows);
  return {
    entities: entities.sort((a, b) => a.level - b.level),
    totals: {
      source: sum((e) => e.source),
      leftOut: sum((e) => e.leftOut),
      setAside: sum((e) => e.setAside),
      duplicates: sum((e) => e.duplicates),
      moved: sum((e) => e.moved),
      repaired: sum((e) => e.repaired),
      missing: sum((e) => e.missing),
    },
    setAside: byRows('quarantined'),
    repaired: byRows('repaired'),
    money: moneyLines(report.validation?.money ?? []),
    held: [
      ...heldInWords(report),
      ...(report.chaos?.status === 'passed' ? [chaosInShort(report.chaos)] : []),
    ],
    approvals: [...report.approvals].sort((a, b) => a.at.localeCompare(b.at)),
    failed: failed.filter((check) => !isMinor(check, issues)),
    differences: issues.filter((issue) => issue.severity !== 'minor'),
    todo: [
      ...failed.filter((check) => isMinor(check, issues)).map((check) => check.message),
      ...(report.validation?.recommendations ?? []),
      ...(report.chaos?.status === 'failed' ? [chaosInShort(report.chaos)] : []),
    ],
    notChecked: [
      ...notCheckedInWords(report),
      ...(report.chaos?.status === 'not-proven' ? [chaosInShort(report.chaos)] : []),
    ],
  };
}

/** A failed check whose findings are all minor: about how ready the new system is, not about its rows. */
export function isMinor(check: ReportedCheck, issues: readonly Finding[]): boolean {
  const mine = issues.filter((issue) => issue.entity === check.entity && issue.check === check.type);
  return mine.length > 0 && mine.every((issue) => issue.severity === 'minor');
}

function factsOf(entity: ReportedEntity, checks: readonly ReportedCheck[]): EntityFacts {
  const {
    entity: name,
    level,
    totalRecords: wanted,
    excluded: leftOut,
    quarantined: setAside,
    written: moved,
    repaired,
    duplicates = 0,
  } = entity;
  const source = wanted + leftOut;
  const missing = Math.max(0, wanted - setAside - duplicates - moved);
  const mine = checks.filter((check) => check.entity === name && check.type === 'row-compare');
  return {
    name,
    words: entityWords(name),
    level,
    source,
    leftOut,
    setAside,
    duplicates,
    moved,
    repaired,
    missing,
    compared: comparedOf(mine),
  };
}

function comparedOf(checks: readonly ReportedCheck[]): Compared {
  if (checks.some((check) => check.status === 'fail')) return 'differs';
  if (checks.some((check) => check.status === 'could-not-check')) return 'could-not-check';
  return checks.length > 0 && checks.every((check) => check.status === 'pass') ? 'match' : 'not-compared';
}

/** What each type of check says once every check of the type has passed. */
const heldWords: Readonly<Record<string, (checks: number, report: ReportData) => string>> = {
  'row-compare': (_, { validation }) =>
    `Every field of every row, by the rules of the plan: ${countOf(validation?.rowsCompared ?? 0, 'row')}, ${countOf(validation?.valuesCompared ?? 0, 'value')}`,
  'code-determinism': (checks) =>
    `Every piece of code gave the same answer when it was asked twice, ${countOf(checks, 'table')}`,
  'record-count': (checks) =>
    `Every count: rows moved, set aside and left out add up in ${countOf(checks, 'table')}`,
  'foreign-key': (checks) =>
    `Every link: each row finds the row it belongs to, ${countOf(checks, 'link')} between tables`,
  money: (_, { validation }) =>
    `Every money total, to the last digit, per currency and month: ${countOf(validation?.money.length ?? 0, 'sum')}`,
  mapping: (checks) => `Every row keeps its old number beside the new one, ${countOf(checks, 'table')}`,
  'primary-key': (checks) => `Every new permanent number exists once, ${countOf(checks, 'table')}`,
  unique: (checks) => `Nothing that must be unique exists twice, ${countOf(checks, 'table')}`,
  'generic-relation': (checks) =>
    `Every link to one of several kinds of record finds it, ${countOf(checks, 'check')}`,
  'declared-key': (checks) =>
    `Every rule of the existing tables about links between them holds, ${countOf(checks, 'table')}`,
  'not-null': (checks) => `Every field that must be filled is filled, ${countOf(checks, 'check')}`,
  check: (checks) => `Every rule of the new tables holds, ${countOf(checks, 'table')}`,
  enumeration: (checks) => `Every code has become a known word, ${countOf(checks, 'check')}`,
  'time-range': (checks) => `The earliest and latest dates are the same, ${countOf(checks, 'check')}`,
  'reference-index': (checks) =>
    `Every link has an index, so that looking up stays fast, ${countOf(checks, 'table')}`,
  'index-validity': (checks) => `Every index can be used, ${countOf(checks, 'table')}`,
  'foreign-writers': (checks) =>
    `No row that was moved has been changed or deleted by somebody else since, ${countOf(checks, 'table')}`,
  statistics: (checks) => `The new database knows the sizes of its tables, ${countOf(checks, 'table')}`,
};

function heldInWords(report: ReportData): string[] {
  const byType = Map.groupBy(report.validation?.checks ?? [], (check) => check.type);
  const order = Object.keys(heldWords);
  const rank = (type: string) => (order.includes(type) ? order.indexOf(type) : order.length);
  return [...byType]
    .filter(([, checks]) => checks.every((check) => check.status === 'pass'))
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(
      ([type, checks]) =>
        heldWords[type]?.(checks.length, report) ??
        `${entityWords(type.replaceAll('-', ' '))}: ${countOf(checks.length, 'check')}`,
    );
}

/** Said by the engine, or not passed for any other reason than a difference. */
function notCheckedInWords(report: ReportData): string[] {
  const { validation } = report;
  const open =
    validation?.checks.filter((check) => check.status === 'could-not-check' || check.status === 'skipped') ??
    [];
  const none =
    validation === null && report.notVerified.length === 0
      ? ['Nothing in the new system has been compared with the old one yet.']
      : [];
  const said = [...none, ...report.notVerified, ...(validation?.notVerified ?? []), ...open.map(openWords)];
  return [...new Set(said)];
}

function openWords(check: ReportedCheck): string {
  const what = check.status === 'skipped' ? 'skipped' : 'could not be checked';
  return `${entityWords(check.entity)}, ${check.type}: ${what}. ${check.message}`;
}
