/**
 * How a page comes, as the browser itself measured it: the figures that Lighthouse is made of, without what only matters to
 * public sites. Milliseconds count from the beginning of the navigation; bytes are compressed, as they are sent.
 */
import type { Page } from 'playwright-core';

export interface PageFigures {
  readonly firstContentfulPaint: number;
  readonly largestContentfulPaint: number;
  /** The first button that can be pressed stands there, and the page listens: what is drawn after that has been drawn. */
  readonly interactive: number;
  /** Beyond 50 ms each, up to `interactive`: Lighthouse's total blocking time. */
  readonly blocked: number;
  readonly longestTask: number;
  /** Cumulative layout shift. */
  readonly shifted: number;
  readonly scriptBytes: number;
  readonly styleBytes: number;
  /** What went over the network, everything counted; 0 for what the browser had. */
  readonly sentBytes: number;
  readonly requests: number;
}

/** Runs in the page, before anything else there. A text, because this side knows no document. */
const watching = `(() => {
  const seen = { interactive: null, largest: 0, shifted: 0, tasks: [] };
  window.pageFigures = seen;
  const each = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  each('largest-contentful-paint', (entry) => { seen.largest = entry.startTime; });
  each('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.shifted += entry.value; });
  each('longtask', ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
  const look = () => {
    if (document.querySelector('main#main button[aria-disabled=false]') === null) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { seen.interactive = performance.now(); }));
  };
  requestAnimationFrame(look);
})()`;

/** Before the page is gone to. */
export async function watchComing(page: Page): Promise<void> {
  await page.addInitScript(watching);
}

/** A promise: of when something can be pressed. */
const reading = `(async () => {
  const seen = window.pageFigures;
  while (seen.interactive === null) await new Promise(requestAnimationFrame);
  const resources = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const sum = (entries, of) => entries.reduce((all, entry) => all + of(entry), 0);
  const bytesOf = (ending) => sum(resources.filter(({ name }) => ending.test(name)), ({ encodedBodySize }) => encodedBodySize);
  const early = seen.tasks.filter(({ startTime }) => startTime < seen.interactive);
  return {
    firstContentfulPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    largestContentfulPaint: seen.largest,
    interactive: seen.interactive,
    blocked: sum(early, ({ duration }) => Math.max(0, duration - 50)),
    longestTask: Math.max(0, ...seen.tasks.map(({ duration }) => duration)),
    shifted: seen.shifted,
    scriptBytes: bytesOf(/\\.js$/),
    styleBytes: bytesOf(/\\.css$/),
    sentBytes: sum(resources, ({ transferSize }) => transferSize),
    requests: resources.length,
  };
})()`;

/** Waits until something can be pressed. */
export function figuresOf(page: Page): Promise<PageFigures> {
  return page.evaluate<PageFigures>(reading);
}

export function told(figures: PageFigures): string {
  const { firstContentfulPaint, largestContentfulPaint, interactive, blocked, longestTask } = figures;
  const ms = (value: number) => `${Math.round(value)} ms`;
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return [
    `first paint ${ms(firstContentfulPaint)}, largest ${ms(largestContentfulPaint)}`,
    `can be used after ${ms(interactive)}, blocked for ${ms(blocked)}, longest task ${ms(longestTask)}`,
    `shifted ${figures.shifted.toFixed(3)}`,
    `script ${kB(figures.scriptBytes)}, style ${kB(figures.styleBytes)}, sent ${kB(figures.sentBytes)} in ${figures.requests} requests`,
  ].join('; ');
}
