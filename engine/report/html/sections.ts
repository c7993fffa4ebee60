/** The parts of the HTML report, each a heading and its evidence. An empty part is left out. */
import { formatDecimal, isZero } from '../decimal.ts';
import type { ReportData, ReportedCause } from '../report-data.ts';
import type { Compared, ReportFacts } from '../report-facts.ts';
import {
  approvalWords,
  countOf,
  duplicateWords,
  entityWords,
  formatCount,
  formatMoment,
  formatShare,
  mergedWords,
  recoveryWords,
  shortHash,
} from '../words.ts';
import { icon } from './icons.ts';
import { type Insertion, type Markup, markup, nothing } from './markup.ts';

export function section(title: string, body: Insertion): Markup {
  return markup`<section><h2 class="section-title">${title}</h2>${body}</section>`;
}

export function checkedAndNot(facts: ReportFacts): Markup {
  const list = (lines: readonly string[], none: string) =>
    lines.length === 0
      ? markup`<p class="muted">${none}</p>`
      : markup`<ul class="ticks">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
  return markup`<div class="two">
<section><h2 class="section-title mark mark--pass">${icon('done')}Checked, and it holds</h2>${list(facts.held, 'Nothing has been checked completely.')}</section>
<section><h2 class="section-title mark mark--warn">${icon('warn')}Not checked</h2>${list(facts.notChecked, 'Nothing that Towpath knows of.')}</section>
</div>`;
}

export function differencesSection(facts: ReportFacts, detailed: boolean): Markup {
  const { differences: issues } = facts;
  if (issues.length === 0 && facts.failed.length === 0) return nothing;
  const shown = issues.slice(0, detailed ? issues.length : 200);
  const value = (text: string | null | undefined) =>
    text === undefined ? '' : markup`<code>${text ?? 'null'}</code>`;
  const body = markup`<ul class="ticks">${facts.failed.map((check) => markup`<li><b>${entityWords(check.entity)}</b>, ${check.type}: ${check.message}</li>`)}</ul>
${
  shown.length === 0
    ? nothing
    : markup`<div class="scroll-x"><table class="table"><thead><tr><th>Table</th><th>Old number</th><th>Field</th><th>What</th>${detailed ? markup`<th>Expected</th><th>Found</th><th>Statement that would fix it</th>` : nothing}</tr></thead>
<tbody>${shown.map((issue) => markup`<tr><td>${entityWords(issue.entity)}</td><td>${issue.key ?? ''}</td><td>${issue.column ?? ''}</td><td>${issue.kind}</td>${detailed ? markup`<td>${value(issue.expected)}</td><td>${value(issue.actual)}</td><td>${value(issue.fix)}</td>` : nothing}</tr>`)}</tbody></table></div>`
}
${issues.length > shown.length ? markup`<p class="after">${formatCount(issues.length - shown.length)} more stand in the JSON report.</p>` : nothing}`;
  return markup`<section class="card card--fail"><h2 class="section-title mark mark--fail">${icon('stop')}Differences</h2>${body}</section>`;
}

export function causesSection(title: string, causes: readonly ReportedCause[], after: string): Markup {
  if (causes.length === 0) return nothing;
  return section(
    title,
    markup`<table class="table aside"><thead><tr><th class="num">Rows</th><th>Table</th><th>Why</th><th>Field</th></tr></thead>
<tbody>${causes.map((cause) => markup`<tr><td class="num">${formatCount(cause.rows)}</td><td>${entityWords(cause.entity)}</td><td>${cause.explanation}</td><td class="muted">${cause.column ?? ''}${cause.sqlstate === null ? '' : ` (${cause.sqlstate})`}</td></tr>`)}</tbody></table>
<p class="after">${after}</p>`,
  );
}

export function moneySection({ money }: ReportFacts): Markup {
  if (money.length === 0) return nothing;
  const rows = money.map((line) => {
    const cells = [
      ['Rows moved', formatDecimal(line.rows)],
      ['Old system', formatDecimal(line.source)],
      ['Set aside or changed', formatDecimal(line.apart)],
      ...(line.duplicates === null
        ? []
        : [['Not moved: same record as another', formatDecimal(line.duplicates)] as const]),
      ['New system', formatDecimal(line.target)],
    ] as const;
    const same = isZero(line.difference);
    return markup`<tr><th scope="row">${entityWords(line.entity)}, ${line.column}</th><td data-label="Currency">${line.currency ?? '–'}</td>${cells.map(([label, text]) => markup`<td class="num" data-label="${label}">${text}</td>`)}<td class="num ${same ? 'same' : 'differs'}" data-label="Difference">${formatDecimal(line.difference)}</td></tr>`;
  });
  return section(
    'Money, to the last digit',
    markup`<table class="table money"><thead><tr><th>What</th><th>Currency</th><th class="num">Rows moved</th><th class="num">Old system</th><th class="num">Set aside or changed</th><th class="num">New system</th><th class="num">Difference</th></tr></thead><tbody>${rows}</tbody></table>
<p class="after">${moneyNote(money)}</p>`,
  );
}

function moneyNote(money: ReportFacts['money']): string {
  const months = money.reduce((sum, line) => sum + line.months, 0);
  const differing = money.reduce((sum, line) => sum + line.monthsThatDiffer, 0);
  const byMonth =
    months === 0
      ? ''
      : differing === 0
        ? ` They are also equal month by month, in all ${formatCount(months)} months.`
        : ` ${formatCount(differing)} of ${formatCount(months)} months differ.`;
  const apart = money.some((line) => !isZero(line.apart))
    ? ' Rows set aside, and rows whose amount, currency or date was changed, are counted apart; changed ones are compared one by one instead.'
    : '';
  return `Exact sums, nothing is rounded: old less set aside or changed is new.${byMonth}${apart}`;
}

const compared: Readonly<Record<Compared, Markup>> = {
  match: markup`${icon('check')}<span>All match</span>`,
  differs: markup`${icon('stop')}<span>Differs</span>`,
  'could-not-check': markup`${icon('ask')}<span>Could not check</span>`,
  'not-compared': markup`${icon('ask')}<span>Not compared</span>`,
};

export function countsSection({ entities, totals }: ReportFacts): Markup {
  const levels = Map.groupBy(entities, (entity) => entity.level);
  const figures = (of: ReportFacts['totals']) =>
    (
      [
        ['Old system', of.source],
        ['Left out', of.leftOut],
        ['Set aside', of.setAside],
        ...(totals.duplicates > 0 ? ([['Same record as another', of.duplicates]] as const) : []),
        ['New system', of.moved],
      ] as const
    ).map(
      ([label, count]) =>
        markup`<td class="num${count === 0 ? ' zero' : ''}" data-label="${label}">${formatCount(count)}</td>`,
    );
  const groups = [...levels].map(
    ([level, list]) =>
      markup`<tr class="group"><th colspan="${totals.duplicates > 0 ? 7 : 6}" scope="colgroup">Level ${level}</th></tr>${list.map((entity) => markup`<tr><th scope="row">${entity.words}</th>${figures(entity)}<td class="num res res--${entity.compared}">${compared[entity.compared]}</td></tr>`)}`,
  );
  return section(
    'Rows per table',
    markup`<table class="table counts"><thead><tr><th>Table</th><th class="num">Old system</th><th class="num">Left out</th><th class="num">Set aside</th>${totals.duplicates > 0 ? markup`<th class="num">Same record as another</th>` : nothing}<th class="num">New system</th><th class="num">Every field compared</th></tr></thead>
<tbody>${groups}</tbody><tfoot><tr><th scope="row">All ${countOf(entities.length, 'table')}</th>${figures(totals)}<td class="num res"></td></tr></tfoot></table>`,
  );
}

export function approvalsSection({ approvals }: ReportFacts): Markup {
  if (approvals.length === 0)
    return section('Who approved what', markup`<p>Nobody: no approval is recorded for this run.</p>`);
  return section(
    'Who approved what',
    markup`<table class="table appr"><thead><tr><th>When</th><th>What</th><th>Who</th><th>Plan hash</th></tr></thead><tbody>${approvals.map((approval) => markup`<tr><td class="nowrap">${formatMoment(approval.at)}</td><td>${approvalWords(approval.action)}${approval.reason === null ? '' : markup`<br><span class="muted">${approval.reason}</span>`}</td><td>${approval.approver}</td><td><code title="${approval.planHash}">${shortHash(approval.planHash)}</code></td></tr>`)}</tbody></table>`,
  );
}

export function recoverySection({ recovery }: ReportData): Markup {
  if (recovery === undefined || recovery.share === null) return nothing;
  const rows = recovery.kinds.map(
    ({ words, of, recovered, neededPerson }) =>
      markup`<tr><th scope="row">${words}</th><td data-label="Counted as">${of}</td><td class="num" data-label="Recovered automatically">${formatCount(recovered)}</td><td class="num" data-label="Needed a person">${formatCount(neededPerson)}</td><td class="num" data-label="Share">${formatShare(recovered, recovered + neededPerson)}</td></tr>`,
  );
  return section(
    'Put right without a person',
    markup`<p>${recoveryWords(recovery)}</p>
<table class="table"><thead><tr><th>What went wrong</th><th>Counted as</th><th class="num">Recovered automatically</th><th class="num">Needed a person</th><th class="num">Share</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

export function alreadyThereSection({ merged = [] }: ReportData): Markup {
  if (merged.length === 0) return nothing;
  return section(
    'Already in the new system',
    markup`<ul>${merged.map((entity) => markup`<li>${entityWords(entity.entity)}: ${mergedWords(entity)}</li>`)}</ul>`,
  );
}

export function oneRecordSection({ duplicates = [] }: ReportData): Markup {
  if (duplicates.length === 0) return nothing;
  return section(
    'Rows that are one record',
    markup`<ul>${duplicates.map((found) => markup`<li>${entityWords(found.entity)}: ${duplicateWords(found)}</li>`)}</ul>`,
  );
}

export function leftBehindSection({ excludedTables }: ReportData): Markup {
  if (excludedTables.length === 0) return nothing;
  return section(
    'Left behind on purpose',
    markup`<table class="table"><thead><tr><th>Table</th><th>Why</th></tr></thead><tbody>${excludedTables.map(({ table, reason }) => markup`<tr><td class="name">${table}</td><td>${reason}</td></tr>`)}</tbody></table>`,
  );
}

export function todoSection({ todo }: ReportFacts): Markup {
  if (todo.length === 0) return nothing;
  return section(
    'To do before people work with the new system',
    markup`<ul class="ticks">${todo.map((line) => markup`<li>${line}</li>`)}</ul>`,
  );
}
