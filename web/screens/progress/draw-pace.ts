/**
 * The line of rows a second, drawn with uPlot in the colours of the tokens. It follows the width of its place and the
 * reader's change between light and dark; nothing moves by itself.
 */
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Point } from './pace.ts';
import { betweenTimes, roomFor, rowSteps, type TimeDetail, timeDetail, timeSteps } from './pace-axes.ts';

export interface PaceChart {
  show(points: readonly Point[]): void;
  end(): void;
}

interface Words {
  readonly number: (value: number) => string;
  readonly time: (at: Date, detail: TimeDetail) => string;
}

const HEIGHT = 148;
/** Between the words of two times on the axis. */
const BETWEEN_TIMES = 24;

export function drawPace(place: HTMLElement, words: Words): PaceChart {
  let data: UPlot.AlignedData = [[], []];
  let chart = begin();
  const isDark = matchMedia('(prefers-color-scheme: dark)');
  const again = () => {
    chart.destroy();
    chart = begin();
  };
  isDark.addEventListener('change', again);
  const resized = new ResizeObserver(() => {
    const width = place.clientWidth;
    if (width > 0 && width !== chart.width) chart.setSize({ width, height: HEIGHT });
  });
  resized.observe(place);

  function begin(): UPlot {
    return new UPlot(optionsFor(place, words), data, place);
  }

  return {
    show(points) {
      data = [points.map(({ at }) => Date.parse(at) / 1000), points.map((point) => point.rowsPerSecond)];
      chart.setData(data);
    },
    end() {
      isDark.removeEventListener('change', again);
      resized.disconnect();
      chart.destroy();
    },
  };
}

function optionsFor(place: HTMLElement, words: Words): UPlot.Options {
  const tokens = getComputedStyle(place);
  const token = (name: string) => tokens.getPropertyValue(name).trim();
  const axis = {
    stroke: token('--text-muted'),
    font: `14px ${token('--font-sans')}`,
    ticks: { show: false },
  };
  const grid = { stroke: token('--line'), width: 1 };
  const late = new Date(2026, 11, 28, 22, 58, 58);
  const timeRoom = roomFor([words.time(late, 'seconds'), words.time(late, 'dayAndTime')]);
  const long = timeRoom + BETWEEN_TIMES;
  const short = roomFor([words.time(late, 'minutes')]) + BETWEEN_TIMES;
  return {
    width: place.clientWidth || 320,
    height: HEIGHT,
    padding: [10, timeRoom / 2, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
    axes: [
      {
        ...axis,
        size: 32,
        gap: 10,
        space: (_, __, from, to, width) => betweenTimes({ span: to - from, width, short, long }),
        incrs: timeSteps,
        grid: { show: false },
        values: (_, at, __, ___, step) => {
          const detail = timeDetail(at, step);
          return at.map((seconds) => words.time(new Date(seconds * 1000), detail));
        },
      },
      {
        ...axis,
        grid,
        gap: 6,
        space: 44,
        incrs: rowSteps,
        // the first time begins to the left of the line
        size: (_, values) => Math.max(12 + roomFor(values ?? []), timeRoom / 2),
        values: (_, rows) => rows.map(words.number),
      },
    ],
    series: [{}, { stroke: token('--accent'), width: 2, points: { show: false } }],
  };
}
