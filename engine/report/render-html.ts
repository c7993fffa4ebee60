/**
 * The report as one HTML file that needs nothing else: style inside, charts as SVG, no script, light and dark by the
 * reader's system, A4 on paper with lines to sign.
 */
import { outcomeShareChart } from './charts/outcome-share.ts';
import { rowsPerEntityChart } from './charts/rows-per-entity.ts';
import { throughputChart } from './charts/throughput.ts';
import { engineersSection } from './html/engineers.ts';
import { icon } from './html/icons.ts';
import { type Markup, markup } from './html/markup.ts';
import { htmlPage } from './html/page.ts';
import {
  alreadyThereSection,
  approvalsSection,
  causesSection,
  checkedAndNot,
  countsSection,
  differencesSection,
  leftBehindSection,
  moneySection,
  oneRecordSection,
  recoverySection,
  todoSection,
} from './html/sections.ts';

import type { ReportData } from './report-data.ts';
import { type ReportFacts, reportFacts } from './report-facts.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { countOf, formatCount, formatDuration, formatMoment, shortHash } from './words.ts';

export function renderHtml(report: ReportData, { detailed }: { readonly detailed: boolean }): string {
  const facts = reportFacts(report);
  const verdict = verdictOf(report, facts);
  const { migration } = report.plan;
  const main = markup`${opening(report, facts, verdict)}
${checkedAndNot(facts)}
${differencesSection(facts, detailed)}
${outcomeShareChart(facts)}
${causesSection(`Not in the new system, ${countOf(facts.totals.setAside, 'row')} set aside`, facts.setAside, `All ${formatCount(facts.totals.setAside)} are still in the old system, and a copy of each is kept with its reason.`)}
${causesSection(`Moved with a noted change, ${countOf(facts.totals.repaired, 'row')}`, facts.repaired, 'Rows are in the new system; what was changed is kept beside each of them.')}
${recoverySection(report)}
${moneySection(facts)}
${rowsPerEntityChart(facts.entities)}
${countsSection(facts)}
${throughputChart(report.throughput)}
${alreadyThereSection(report)}${oneRecordSection(report)}${leftBehindSection(report)}
${approvalsSection(facts)}
${todoSection(facts)}
${engineersSection(report)}
${signOff(report, facts)}`;
  return htmlPage({ title: `Proof of the move, ${migration}`, crumb: migration, main });
}

const toneIcons = { pass: 'done', warn: 'warn', fail: 'stop' } as const;
const toneWords = {
  pass: 'What was moved matches',
  warn: 'Not everything is checked',
  fail: 'Stop',
} as const;

function opening(report: ReportData, { totals }: ReportFacts, { tone, sentence }: Verdict): Markup {
  const { run, validation } = report;
  const checked = validation === null ? 'Not checked yet' : `Checked ${formatMoment(validation.timestamp)}`;
  const took =
    run.finishedAt === null
      ? ''
      : `, in ${formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))}`;
  return markup`<header>
<p class="label">Proof of the move, ${report.plan.migration}. ${checked}</p>
<h1 class="verdict">${sentence}</h1>
<p class="tone tone--${tone}">${icon(toneIcons[tone])}${toneWords[tone]}</p>
<p class="muted">Moved ${formatMoment(run.startedAt)}${took}. ${countOf(run.entities.length, 'kind')} of records, ${countOf(totals.repaired, 'row')} with a noted change, ${formatCount(totals.setAside)} set aside.${run.error === null ? '' : ` It stopped: ${run.error.message}`}</p>
</header>`;
}

function signOff(report: ReportData, { totals, notChecked }: ReportFacts): Markup {
  const absent = totals.setAside + totals.leftOut;
  return markup`<section class="card sign"><h2 class="section-title">Sign off</h2>
<p>Signing says that you have read this report. It changes no data.</p>
<ul class="ticks">${absent > 0 ? markup`<li>I have read which ${countOf(absent, 'row')} are not in the new system.</li>` : markup`<li>I have read that every row of the old system is in the new one.</li>`}
${notChecked.length > 0 ? markup`<li>I have read the ${countOf(notChecked.length, 'thing')} that ${notChecked.length === 1 ? 'was' : 'were'} not checked.</li>` : ''}</ul>
<div class="lines"><p>Name</p><p>Role</p><p>Date and signature</p></div>
<p class="muted">The move can be undone until the final clean-up. Run ${report.run.runId}, plan ${shortHash(report.plan.hash)}.</p></section>`;
}
