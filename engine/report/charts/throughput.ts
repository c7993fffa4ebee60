/** Rows a second over the time of the move. The drawing stretches with the page; its labels stay text of reading size. */
import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { type Markup, markup, nothing } from '../html/markup.ts';
import type { ReportData } from '../report-data.ts';
import { formatCount, formatDuration } from '../words.ts';

const width = 1000;
const height = 180;

interface Point {
  readonly at: number;
  readonly rows: number;
}

export function throughputChart(samples: ReportData['throughput']): Markup {
  const points = samples
    .map((sample): Point => ({ at: Date.parse(sample.at), rows: sample.rowsPerSecond }))
    .filter((point) => Number.isFinite(point.at) && Number.isFinite(point.rows))
    .sort((a, b) => a.at - b.at);
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || last.at === first.at) return nothing;
  const y = scaleLinear()
    .domain([0, Math.max(1, ...points.map((point) => point.rows))])
    .range([height, 0])
    .nice(4);
  const x = scaleLinear().domain([first.at, last.at]).range([0, width]);
  const px = (point: Point) => Math.round(x(point.at) * 10) / 10;
  const py = (point: Point) => Math.round(y(point.rows) * 10) / 10;
  const top = area<Point>().x(px).y0(height).y1(py).curve(curveMonotoneX)(points) ?? '';
  const edge = line<Point>().x(px).y(py).curve(curveMonotoneX)(points) ?? '';
  const ticks = y.ticks(4);
  const fastest = Math.max(...points.map((point) => point.rows));
  return markup`<figure class="chart"><figcaption class="small-title">Rows a second during the move</figcaption>
<div class="plot"><div class="plot-y" aria-hidden="true">${ticks.map((tick) => markup`<span style="top:${((y(tick) / height) * 100).toFixed(2)}%">${formatCount(tick)}</span>`)}</div>
<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="At most ${formatCount(Math.round(fastest))} rows a second over ${formatDuration(last.at - first.at)}">${ticks.map((tick) => markup`<line x1="0" x2="${width}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" class="c-grid"/>`)}<path d="${top}" class="c-area"/><path d="${edge}" class="c-line"/></svg>
<div class="plot-x" aria-hidden="true"><span>start</span><span>${formatDuration(last.at - first.at)}</span></div></div></figure>`;
}
