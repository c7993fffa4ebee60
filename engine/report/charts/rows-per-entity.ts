/** The largest tables as bars on one linear scale; the small ones together, so that the eye is not misled. */
import { scaleLinear } from 'd3-scale';
import { type Markup, markup, nothing } from '../html/markup.ts';
import type { EntityFacts } from '../report-facts.ts';
import { countOf, formatCount } from '../words.ts';

const mostBars = 12;

interface BarData {
  readonly words: string;
  readonly moved: number;
  readonly setAside: number;
  readonly checked: boolean;
}

export function rowsPerEntityChart(entities: readonly EntityFacts[]): Markup {
  const bars = barsOf(entities);
  if (bars.length === 0) return nothing;
  const longest = Math.max(1, ...bars.map((bar) => bar.moved + bar.setAside));
  const scale = scaleLinear().domain([0, longest]).range([0, 100]);
  return markup`<figure class="chart"><figcaption class="small-title">Rows by table, largest first</figcaption>
<div class="bars">${bars.map(
    (bar) => markup`<div class="bars-row"><span class="bars-name">${bar.words}</span>
<svg class="bars-bar" height="14" role="img" aria-label="${bar.words}: ${countOf(bar.moved, 'row')} moved, ${formatCount(bar.setAside)} set aside"><rect width="100%" height="14" class="c-track"/><rect width="${scale(bar.moved).toFixed(3)}%" height="14" class="${bar.checked ? 'c-checked' : 'c-copied'}"/><rect x="${scale(bar.moved).toFixed(3)}%" width="${scale(bar.setAside).toFixed(3)}%" height="14" class="c-aside"/></svg>
<span class="bars-value">${formatCount(bar.moved)}</span></div>`,
  )}</div></figure>`;
}

function barsOf(entities: readonly EntityFacts[]): BarData[] {
  const sorted = [...entities].sort((a, b) => b.moved + b.setAside - (a.moved + a.setAside));
  const shown = sorted.length > mostBars + 1 ? sorted.slice(0, mostBars) : sorted;
  const rest = sorted.slice(shown.length);
  const bars = shown.map(({ words, moved, setAside, compared }) => ({
    words,
    moved,
    setAside,
    checked: compared === 'match',
  }));
  if (rest.length === 0) return bars;
  const sum = (pick: (entity: EntityFacts) => number) =>
    rest.reduce((total, entity) => total + pick(entity), 0);
  const checked = rest.every((entity) => entity.compared === 'match');
  return [
    ...bars,
    {
      words: `${formatCount(rest.length)} others`,
      moved: sum((e) => e.moved),
      setAside: sum((e) => e.setAside),
      checked,
    },
  ];
}
