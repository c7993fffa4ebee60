/**
 * Ten thousand events at once, as a page sees them that was away for long. What is asserted: the page has taken the last of
 * them, what stands on it does not grow with them, it asks the server a bounded number of times, and it answers to the
 * keyboard afterwards. How long the page was busy is told, not asserted.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunView } from '../../server/shapes/runs.ts';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { type Serving, startServing } from './serving.ts';
import { beginSample, goOnUntil } from './take-journey.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

const many = 10_000;
const events = '**/api/v1/migrations/sample/events';

describeInBrowser('many events', () => {
  let serving: Serving;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launchChromium();
    serving = await startServing();
    watched = await openPage(browser, serving);
    await watched.page.goto(serving.enter);
    await beginSample(watched.page, { pressed: [] });
    await goOnUntil(watched.page, { pressed: [] }, (way) => way === 'Approve and go on without these rows');
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  /** A screen that has been told `count` events before all others. */
  async function told(screen: string, count: number) {
    const { page } = watched;
    const latest = `${serving.origin}/api/v1/migrations/sample/runs/latest`;
    const { data: run }: RunView = await (await page.request.get(latest)).json();
    let asked = 0;
    const hear = () => {
      asked += 1;
    };
    page.on('request', hear);
    let isFirst = true;
    const comesBack = Promise.withResolvers<void>();
    const isSeen = Promise.withResolvers<void>();
    await page.route(events, async (route) => {
      if (isFirst) {
        isFirst = false;
        return route.fulfill({ contentType: 'text/event-stream', body: streamOf(count, run) });
      }
      comesBack.resolve();
      await isSeen.promise;
      return route.continue();
    });
    await page.addInitScript(() => {
      const seen: number[] = [];
      Object.assign(window, { busyFor: seen, lastTaken: '' });
      const Plain = window.EventSource;
      window.EventSource = class extends Plain {
        constructor(address: string | URL) {
          super(address);
          this.addEventListener('message', ({ lastEventId }) =>
            Object.assign(window, { lastTaken: lastEventId }),
          );
        }
      };
      new PerformanceObserver((list) =>
        seen.push(...list.getEntries().map(({ duration }) => duration)),
      ).observe({
        type: 'longtask',
        buffered: true,
      });
    });
    await watched.show(`/sample/${screen}`);
    await comesBack.promise;
    expect(await page.evaluate(lastTaken), 'it has taken the last one').toBe(String(count));
    if (screen === 'guide') await page.getByText(newsOf(lastNews(count)), { exact: true }).waitFor();
    isSeen.resolve();
    await watched.isThere();
    page.off('request', hear);
    await page.unroute(events);
    const measured = await page.evaluate(() => ({
      nodes: document.querySelectorAll('*').length,
      busyFor: (window as unknown as { busyFor: number[] }).busyFor,
    }));
    return { ...measured, asked };
  }

  test.each(['guide', 'progress'])('%s', async (screen) => {
    const few = await told(screen, 10);
    const lots = await told(screen, many);
    console.log(`${screen}: ${describe(few)} after 10 events, ${describe(lots)} after ${many}`);
    expect(lots.nodes).toBeLessThan(few.nodes + 100);
    expect(lots.asked).toBeLessThan(few.asked + 40);
    await watched.page.keyboard.press('Tab');
    expect(await watched.page.evaluate(() => document.activeElement?.className)).toBe('skip');
    watched.expectQuiet();
  });
});

function describe({
  nodes,
  busyFor,
  asked,
}: {
  nodes: number;
  busyFor: readonly number[];
  asked: number;
}): string {
  const longest = Math.round(Math.max(0, ...busyFor));
  return `${nodes} elements, ${asked} requests, ${busyFor.length} long tasks, the longest of ${longest} ms`;
}

const lastTaken = () => (window as unknown as { lastTaken: string }).lastTaken;

const kinds = [
  'news',
  'chat.changed',
  'guide.changed',
  'state.changed',
  'migration.progress',
  'entity.progress',
];
const newsOf = (n: number) => `News number ${n}`;
const lastNews = (count: number) => count - 1 - ((count - 1) % kinds.length);

/** Of figures each is another one. */
function streamOf(
  count: number,
  { byLevel, entities, throughput: _chart, progress, ...run }: RunView['data'],
): string {
  // newer than whatever the page has fetched
  const at = '2099-01-05T10:00:00.000Z';
  const holds: Readonly<Record<string, (n: number) => object>> = {
    news: (n) => ({ words: newsOf(n) }),
    'chat.changed': () => ({ busy: false }),
    'guide.changed': () => ({ state: 'waiting', cardId: null, outcome: null }),
    'state.changed': () => ({ step: 'migrate', planHash: null }),
    'migration.progress': (n) => ({ run, progress: { ...progress, rowsDone: n }, levels: byLevel }),
    'entity.progress': (n) => ({ runId: run.runId, entity: { ...entities[0], rowsDone: n } }),
  };
  return Array.from({ length: count }, (_, n) => {
    const type = kinds[n % kinds.length]!;
    const event = { id: n + 1, at, ...(n === 0 ? { type: 'hello' } : { type, ...holds[type]!(n) }) };
    return `id: ${n + 1}\ndata: ${JSON.stringify(event)}\n\n`;
  }).join('');
}
