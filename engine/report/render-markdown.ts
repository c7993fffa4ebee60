/** The report as Markdown, for a pull request or a ticket. Names from databases are escaped: they may hold anything. */
import { formatDecimal, isZero } from './decimal.ts';
import { code, markdownTable, oneLine, text } from './markdown-text.ts';
import { withoutValues } from './render-json.ts';
import type { ReportData, ReportedCause } from './report-data.ts';
import { type Compared, type ReportFacts, reportFacts } from './report-facts.ts';
import { verdictOf } from './verdict.ts';
import {
  approvalWords,
  countOf,
  duplicateWords,
  entityWords,
  formatCount,
  formatDuration,
  formatMoment,
  formatShare,
  mergedWords,
  recoveryWords,
} from './words.ts';

export function renderMarkdown(report: ReportData, { detailed }: { readonly detailed: boolean }): string {
  const facts = reportFacts(report);
  const verdict = verdictOf(report, facts);
  const blocks = [
    `# Proof of the move: ${text(report.plan.migration)}`,
    `**${text(verdict.sentence)}**`,
    timeLine(report),
    section('Checked, and it holds', bullets(facts.held, 'Nothing.')),
    section('Not checked', bullets(facts.notChecked, 'Nothing that Towpath knows of.')),
    section('Differences', differences(facts, detailed)),
    causes(`Not in the new system: ${countOf(facts.totals.setAside, 'row')} set aside`, facts.setAside),
    causes(`Moved with a noted repair: ${countOf(facts.totals.repaired, 'row')}`, facts.repaired),
    section('Put right without a person', recovery(report)),
    section('Money, to the last digit', money(facts)),
    section('Rows per table', rows(facts)),
    section('Already in the new system', alreadyThere(report)),
    section('Rows that are one record', oneRecord(report)),
    section('Left behind on purpose', leftBehind(report)),
    section('Who approved what', approvals(facts)),
    section(
      'To do before people work with the new system',
      facts.todo.length > 0 ? bullets(facts.todo, '') : '',
    ),
    section('Check it again yourself', statements(report)),
    `Run ${code(report.run.runId)}, plan hash ${code(report.plan.hash)}, written ${formatMoment(report.generatedAt)} by Towpath.`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function timeLine({ run, validation }: ReportData): string {
  const took =
    run.finishedAt === null
      ? 'not finished'
      : formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  const compared = validation === null ? 'not compared' : `compared ${formatMoment(validation.timestamp)}`;
  return `Moved ${formatMoment(run.startedAt)} (${took}), ${compared}, state ${text(run.state)}.`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

function bullets(lines: readonly string[], none: string): string {
  return lines.length === 0 ? none : lines.map((line) => `- ${text(line)}`).join('\n');
}

function differences(facts: ReportFacts, detailed: boolean): string {
  const { differences: issues } = facts;
  if (issues.length === 0 && facts.failed.length === 0) return '';
  const failed = facts.failed.map(
    (check) => `- ${text(entityWords(check.entity))}, ${text(check.type)}: ${text(check.message)}`,
  );
  const listed = issues
    .map((issue) => (detailed ? issue : withoutValues(issue)))
    .slice(0, detailed ? issues.length : 200);
  const lines = listed.map((issue) => {
    const values =
      issue.expected === undefined && issue.actual === undefined
        ? ''
        : `: expected ${code(issue.expected ?? 'null')}, found ${code(issue.actual ?? 'null')}`;
    return `- ${code(issue.entity)} ${issue.key === undefined ? '' : `old number ${code(issue.key)}`} ${issue.column === undefined ? '' : `field ${code(issue.column)}`}: ${issue.kind}${values}${issue.fix === undefined ? '' : `, fix: ${code(issue.fix)}`}`;
  });
  const more =
    issues.length > listed.length
      ? [`- … and ${formatCount(issues.length - listed.length)} more in the JSON report`]
      : [];
  return [...failed, ...lines, ...more].join('\n');
}

function causes(title: string, list: readonly ReportedCause[]): string {
  if (list.length === 0) return '';
  const cells = list.map((cause) => [
    formatCount(cause.rows),
    text(entityWords(cause.entity)),
    text(cause.column ?? ''),
    text(cause.explanation),
    code(cause.sqlstate ?? cause.reason),
  ]);
  return section(title, markdownTable(['Rows', 'Table', 'Field', 'Why', 'Code'], cells, [0]));
}

function recovery({ recovery: summary }: ReportData): string {
  if (summary === undefined || summary.share === null) return '';
  const cells = summary.kinds.map(({ words, of, recovered, neededPerson }) => [
    text(words),
    of,
    formatCount(recovered),
    formatCount(neededPerson),
    formatShare(recovered, recovered + neededPerson),
  ]);
  const table = markdownTable(
    ['What went wrong', 'Counted as', 'Recovered automatically', 'Needed a person', 'Share'],
    cells,
    [2, 3, 4],
  );
  return `${text(recoveryWords(summary))}\n\n${table}`;
}

function money({ money: lines }: ReportFacts): string {
  if (lines.length === 0) return '';
  const lost = lines.some((line) => line.duplicates !== null);
  const cells = lines.map((line) => [
    `${text(entityWords(line.entity))}, ${text(line.column)}`,
    text(line.currency ?? '–'),
    formatDecimal(line.rows),
    formatDecimal(line.source),
    formatDecimal(line.apart),
    ...(lost ? [formatDecimal(line.duplicates ?? '0')] : []),
    formatDecimal(line.target),
    isZero(line.difference) ? formatDecimal(line.difference) : `**${formatDecimal(line.difference)}**`,
  ]);
  return markdownTable(
    [
      'What',
      'Currency',
      'Rows moved',
      'Old system',
      'Set aside or changed',
      ...(lost ? ['Not moved: same record as another'] : []),
      'New system',
      'Difference',
    ],
    cells,
    [2, 3, 4, 5, 6, ...(lost ? [7] : [])],
  );
}

export const comparedWords: Readonly<Record<Compared, string>> = {
  match: 'all match',
  differs: 'differs',
  'could-not-check': 'could not check',
  'not-compared': 'not compared',
};

function rows({ entities, totals }: ReportFacts): string {
  const same = totals.duplicates > 0;
  const figures = (of: ReportFacts['totals']) =>
    [of.source, of.leftOut, of.setAside, ...(same ? [of.duplicates] : []), of.moved, of.repaired].map(
      formatCount,
    );
  const cells = entities.map((entity) => [
    text(entity.words),
    ...figures(entity),
    comparedWords[entity.compared],
  ]);
  const all = [
    `**All ${countOf(entities.length, 'table')}**`,
    ...figures(totals).map((figure) => `**${figure}**`),
    '',
  ];
  return markdownTable(
    [
      'Table',
      'Old system',
      'Left out',
      'Set aside',
      ...(same ? ['Same record as another'] : []),
      'New system',
      'Repaired',
      'Every field compared',
    ],
    [...cells, all],
    [1, 2, 3, 4, 5, ...(same ? [6] : [])],
  );
}

function alreadyThere({ merged = [] }: ReportData): string {
  return merged.map((entity) => `- ${text(entityWords(entity.entity))}: ${mergedWords(entity)}`).join('\n');
}

function oneRecord({ duplicates = [] }: ReportData): string {
  return duplicates
    .map((found) => `- ${text(entityWords(found.entity))}: ${text(duplicateWords(found))}`)
    .join('\n');
}

function leftBehind({ excludedTables }: ReportData): string {
  return excludedTables.map(({ table: name, reason }) => `- ${code(name)}: ${text(reason)}`).join('\n');
}

function approvals(facts: ReportFacts): string {
  const cells = facts.approvals.map((approval) => [
    formatMoment(approval.at),
    text(approvalWords(approval.action)),
    text(approval.approver),
    code(approval.planHash),
    text(approval.reason ?? ''),
  ]);
  return cells.length === 0
    ? 'Nobody: no approval is recorded for this run.'
    : markdownTable(['When', 'What', 'Who', 'Plan hash', 'Why'], cells);
}

function statements({ validation }: ReportData): string {
  const checks = validation?.checks.filter((check) => check.sql !== null) ?? [];
  if (checks.length === 0) return '';
  const lines = checks.map(
    (check) =>
      `-- ${oneLine(`${check.entity}, ${check.type}: expected ${check.expected ?? '–'}, found ${check.actual ?? '–'}`)}\n${check
        .sql!.trim()
        .replace(/\p{Bidi_Control}/gu, '\ufffd')
        .replace(/;?$/, ';')}`,
  );
  const body = lines.join('\n\n');
  const fence = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `<details><summary>${countOf(checks.length, 'statement')}</summary>\n\n${fence}sql\n${body}\n${fence}\n\n</details>`;
}
