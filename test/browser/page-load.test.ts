/**
 * How the page comes to somebody who opens it for the first time, and for the second: what Lighthouse would ask of a page of
 * one's own, asked of the browser itself. Sizes and states are asserted; times are told (`npm run bench -- --only page`
 * measures them).
 */
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { figuresOf, told, watchComing } from '../../bench/page-figures.ts';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { type Serving, startServing } from './serving.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

const mostScript = 300_000;

describeInBrowser('the first visit', () => {
  let serving: Serving;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
    serving = await startServing();
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  async function visit({ page }: WatchedPage, address: string) {
    await page.goto(address);
    const figures = await figuresOf(page);
    console.log(`${address === serving.enter ? 'first' : 'second'} visit: ${told(figures)}`);
    return figures;
  }

  test('is light, jumps nowhere and waits for nobody else; the second loads nothing of the page again', async () => {
    const watched = await openPage(browser, serving);
    const { page } = watched;
    const answers: Response[] = [];
    page.on('response', (answer) => answers.push(answer));
    await watchComing(page);
    const first = await visit(watched, serving.enter);
    expect(first.scriptBytes).toBeGreaterThan(10_000);
    expect(first.scriptBytes).toBeLessThan(mostScript);
    expect(first.shifted).toBeLessThan(0.1);
    expect(await packing(answers)).toEqual([]);
    expect(await basics(page)).toEqual({
      ...{ doctype: 'html', charset: 'UTF-8', lang: 'en', title: 'Towpath', titles: 1, mains: 1 },
      viewport: expect.stringContaining('width=device-width'),
      zoom: true,
      token: false,
    });

    const second = await visit(watched, `${serving.origin}/`);
    expect(await sentAgain(page)).toEqual([]);
    expect(second.sentBytes).toBeLessThan(first.sentBytes / 10);
    watched.expectQuiet();
  });
});

/** Files of the page that came over the network. */
function sentAgain(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(
        (entry) => entry.name.includes('/assets/') && (entry as PerformanceResourceTiming).transferSize > 0,
      )
      .map(({ name }) => name),
  );
}

/** What is sent larger than need be, or may not be kept though its name says what it holds. */
async function packing(answers: readonly Response[]): Promise<string[]> {
  const files = answers.filter((one) => new URL(one.url()).pathname.startsWith('/assets/'));
  expect(files.length).toBeGreaterThan(1);
  const wrong: string[] = [];
  for (const file of files) {
    const headers = await file.allHeaders();
    if (!/^(br|gzip)$/.test(headers['content-encoding'] ?? '') && (await file.body()).length > 1000)
      wrong.push(`${file.url()} is not compressed`);
    if (!headers['cache-control']?.includes('immutable')) wrong.push(`${file.url()} is not kept`);
  }
  return wrong;
}

function basics(page: Page) {
  return page.evaluate(() => {
    const viewport = document.querySelector('meta[name=viewport]')?.getAttribute('content') ?? '';
    return {
      doctype: document.doctype?.name,
      charset: document.characterSet,
      lang: document.documentElement.lang,
      title: document.title,
      titles: document.querySelectorAll('h1').length,
      mains: document.querySelectorAll('main').length,
      viewport,
      zoom: !/user-scalable|maximum-scale/.test(viewport),
      token: location.href.includes('token'),
    };
  });
}
