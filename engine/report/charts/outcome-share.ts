/** Where the rows of the old system are now, as one bar and in figures: a share too thin to see is still told. */
import { scaleLinear } from 'd3-scale';
import { type Markup, markup, nothing } from '../html/markup.ts';
import type { ReportFacts } from '../report-facts.ts';
import { formatCount, formatShare } from '../words.ts';

export function outcomeShareChart({ totals, entities }: ReportFacts): Markup {
  if (totals.source === 0) return nothing;
  const checked = entities
    .filter((entity) => entity.compared === 'match')
    .reduce((sum, entity) => sum + entity.moved, 0);
  const parts = [
    { words: 'moved and compared', className: 'checked', rows: checked },
    { words: 'moved, not compared', className: 'copied', rows: totals.moved - checked },
    { words: 'set aside', className: 'aside', rows: totals.setAside },
    { words: 'left out by the plan', className: 'out', rows: totals.leftOut },
    { words: 'not moved yet', className: 'todo', rows: totals.missing },
  ].filter((part) => part.rows > 0);
  const scale = scaleLinear().domain([0, totals.source]).range([0, 100]);
  let start = 0;
  const pieces = parts.map(({ className, rows }) => {
    const x = scale(start);
    start += rows;
    return markup`<rect x="${x.toFixed(3)}%" width="${scale(rows).toFixed(3)}%" height="16" class="c-${className}"/>`;
  });
  const label = parts.map((part) => `${formatCount(part.rows)} ${part.words}`).join(', ');
  return markup`<figure class="chart"><figcaption class="small-title">Where ${formatCount(totals.source)} rows of the old system are</figcaption>
<svg class="share" height="16" role="img" aria-label="${label}">${pieces}</svg>
<ul class="keys">${parts.map((part) => markup`<li class="key key--${part.className}"><b>${formatCount(part.rows)}</b> ${part.words}, ${formatShare(part.rows, totals.source)}</li>`)}</ul></figure>`;
}
