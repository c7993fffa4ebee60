/**
 * The whole journey of the sample with the offline guide, from the first click to the signed report, as one person takes it;
 * on the way every screen is looked over in light and dark, on a desk and on a phone, and in the language with the longest
 * words. The count of clicks and the time are told, not asserted.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { lookOver } from './look-over.ts';
import { type Serving, startServing } from './serving.ts';
import { beginSample, type Clicks, goOnUntil, press, sign } from './take-journey.ts';
import { type Looks, openPage, phone, type WatchedPage } from './watched-page.ts';

const screens = ['guide', 'plan', 'problems', 'progress', 'proof'];
const clicks: Clicks = { pressed: [] };

const windows: readonly { readonly name: string; readonly looks: Looks; readonly isGerman?: boolean }[] = [
  { name: 'desk', looks: {} },
  { name: 'phone', looks: phone },
  { name: 'phone, German', looks: { ...phone, locale: 'de-DE' }, isGerman: true },
];

describeInBrowser('the journey of the sample', () => {
  let serving: Serving;
  let browser: Browser;
  let watched: WatchedPage;
  let began = 0;
  /** Milliseconds of looking around, which is no part of the journey. */
  let looking = 0;

  beforeAll(async () => {
    browser = await launchChromium();
    serving = await startServing();
    watched = await openPage(browser, serving);
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  /** In windows of their own, beside the one that goes on; each is light, and turns dark while it stands there. */
  async function lookOverAll(paths: readonly string[]): Promise<void> {
    const from = performance.now();
    const found = await Promise.all(windows.map((window) => lookThrough(window, paths)));
    looking += performance.now() - from;
    expect(found.flat()).toEqual([]);
  }

  async function lookThrough(
    { name, looks, isGerman = false }: (typeof windows)[number],
    paths: readonly string[],
  ): Promise<string[]> {
    const found: string[] = [];
    const { page, show, wrong, close } = await openPage(browser, serving, looks);
    await page.goto(serving.enter);
    for (const path of paths) {
      await page.emulateMedia({ colorScheme: 'light' });
      await show(path);
      expect(await page.locator('html').getAttribute('lang')).toBe(isGerman ? 'de' : 'en');
      for (const one of await lookOver(page)) found.push(`${path} ${name}: ${one}`);
      if (isGerman) continue;
      await page.emulateMedia({ colorScheme: 'dark' });
      for (const one of await lookOver(page)) found.push(`${path} ${name}, dark: ${one}`);
    }
    await close();
    return [...found, ...wrong];
  }

  test('the first screen', async () => {
    await watched.page.goto(serving.enter);
    await watched.page.getByRole('button', { name: 'Try with sample data' }).waitFor();
    expect(watched.page.url(), 'the token stays in no address').toBe(`${serving.origin}/`);
    await lookOverAll(['/']);
  });

  test('what moves, moves only for those who did not ask for less motion', async () => {
    const durationWith = async (motion: NonNullable<Looks['motion']>) => {
      const other = await openPage(browser, serving, { motion });
      await other.page.goto(serving.enter);
      const button = other.page.locator('main .btn').first();
      const duration = await button.evaluate((one) => getComputedStyle(one).transitionDuration);
      await other.close();
      return Number.parseFloat(duration);
    };
    expect(await durationWith('no-preference')).toBeGreaterThan(0);
    expect(await durationWith('reduce')).toBe(0);
  });

  test('every screen before the move', async () => {
    began = performance.now();
    looking = 0;
    await beginSample(watched.page, clicks);
    await goOnUntil(watched.page, clicks, (way) => way === 'Approve and start the move');
    await lookOverAll(['/', ...screens.map((screen) => `/sample/${screen}`)]);
  });

  test('through the move, past its stops, to the proof', async () => {
    const { page } = watched;
    await goOnUntil(page, clicks, (way) => way === 'Approve and go on without these rows');
    await lookOverAll(['/sample/guide', '/sample/problems', '/sample/progress']);
    await goOnUntil(page, clicks, (way) => way === 'Read the proof and sign');
    await press(page.getByRole('link', { name: 'Read the proof and sign' }), clicks);
    await page.waitForURL('**/sample/proof');
    await lookOverAll(screens.map((screen) => `/sample/${screen}`));
  });

  test('signed, and the report can be taken along', async () => {
    const { page } = watched;
    await sign(page, clicks, 'Ada Lovelace', 'Read.');
    await lookOverAll(['/', '/sample/guide', '/sample/proof']);
    const report = await page.request.get(
      `${serving.origin}${await page.getByRole('link', { name: 'HTML' }).getAttribute('href')}`,
    );
    expect(report.status()).toBe(200);
    expect(await report.text()).toContain('Ada Lovelace');
    await onPaper(page);
    watched.expectQuiet();
    const seconds = Math.round((performance.now() - began - looking) / 1000);
    console.log(`${clicks.pressed.length} clicks in ${seconds} s: ${clicks.pressed.join(' · ')}`);
  });
});

/** The proof and nothing that only works on a screen; dark on white, whatever the screen is. */
async function onPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.locator('nav:visible, .header:visible, button:visible').count()).toBe(0);
  expect(await page.locator('#sign').getByText('Signed by Ada Lovelace').isVisible()).toBe(true);
  expect(await page.locator('main#main').evaluate((one) => getComputedStyle(one).color)).toMatch(dark);
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
}

/** A colour whose parts are all below 80. */
const dark = /^rgb\(([0-7]?\d), ([0-7]?\d), ([0-7]?\d)\)$/;
