/** Details for engineers: identities, every check with its figures, and the statements that anyone can run again. */
import type { ReportData } from '../report-data.ts';
import { countOf } from '../words.ts';
import { icon } from './icons.ts';
import { type Markup, markup, nothing } from './markup.ts';

export function engineersSection(report: ReportData): Markup {
  const checks = report.validation?.checks ?? [];
  const statements = checks.filter((check) => check.sql !== null);
  const facts = [
    ['run', report.run.runId],
    ['state', report.run.state],
    ['plan', `${report.plan.migration}, sha256 ${report.plan.hash}`],
    ['written', report.generatedAt],
  ];
  return markup`<section><h2 class="section-title">Check it again yourself</h2>
<details class="details"><summary>${icon('chev')}Details for engineers</summary><div class="details-body"><pre>${facts.map(([name, value]) => `${name!.padEnd(9)}${value}\n`)}</pre></div></details>
${
  checks.length === 0
    ? nothing
    : markup`<details class="details"><summary>${icon('chev')}${countOf(checks.length, 'check')} with expected and found</summary><div class="details-body"><table class="table"><thead><tr><th>Table</th><th>Check</th><th>Result</th><th class="num">Expected</th><th class="num">Found</th></tr></thead><tbody>${checks.map((check) => markup`<tr><td class="name">${check.entity}</td><td>${check.type}</td><td>${check.status}</td><td class="num">${check.expected ?? '–'}</td><td class="num">${check.actual ?? '–'}</td></tr>`)}</tbody></table></div></details>`
}
${
  statements.length === 0
    ? nothing
    : markup`<details class="details"><summary>${icon('chev')}${countOf(statements.length, 'statement')} that anyone can run on the new database</summary><div class="details-body"><pre>${statements.map((check) => `-- ${check.entity}, ${check.type}: expected ${check.expected ?? '–'}, found ${check.actual ?? '–'}\n${check.sql!.trim().replace(/;?$/, ';')}\n\n`)}</pre></div></details>`
}</section>`;
}
