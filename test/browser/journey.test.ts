/**
 * The whole journey of the sample with the offline guide, from the first click to the signed report, as one person takes it;
 * on the way every screen is looked over in light and dark, on a desk and on a phone, and one approval is given with the
 * keyboard alone. The count of clicks and the time are told, not asserted.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { lookOver } from './look-over.ts';
import { type Serving, startServing } from './serving.ts';
import { beginSample, type Clicks, goOnUntil, press, sign } from './take-journey.ts';
import { openPage, phone, type WatchedPage } from './watched-page.ts';

const screens = ['guide', 'plan', 'problems', 'progress', 'proof'];
const clicks: Clicks = { pressed: [] };

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

  /** In a browser window of its own, beside the one that goes on. */
  async function lookOverAll(paths: readonly string[]): Promise<void> {
    const found: string[] = [];
    const from = performance.now();
    for (const scheme of ['light', 'dark'] as const)
      for (const looks of [{ scheme }, { ...phone, scheme }]) {
        const other = await openPage(browser, serving, looks);
        await other.page.goto(serving.enter);
        for (const path of paths) {
          await other.page.goto(`${serving.origin}${path}`);
          await other.page.locator('main#main h1').first().waitFor();
          await other.page.waitForTimeout(1200);
          for (const one of await lookOver(other.page))
            found.push(`${path} ${scheme} ${looks.width ?? 'desk'}: ${one}`);
        }
        found.push(...other.wrong);
        await other.close();
      }
    looking += performance.now() - from;
    expect(found).toEqual([]);
  }

  test('the first screen', async () => {
    await watched.page.goto(serving.enter);
    await watched.page.getByRole('button', { name: 'Try with sample data' }).waitFor();
    expect(watched.page.url(), 'the token stays in no address').toBe(`${serving.origin}/`);
    await lookOverAll(['/']);
  });

  test('to the first approval, which is given with the keyboard alone', async () => {
    const { page } = watched;
    began = performance.now();
    looking = 0;
    await beginSample(page, clicks);
    await goOnUntil(page, clicks, (way) => way === 'Approve the rehearsal');
    await tabTo(page, 'Approve the rehearsal');
    await page.keyboard.press('Enter');
    clicks.pressed.push('Approve the rehearsal');
    await page.getByRole('button', { name: 'Approve the rehearsal' }).waitFor({ state: 'detached' });
  });

  test('every screen before the move', async () => {
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
    watched.expectQuiet();
    const seconds = Math.round((performance.now() - began - looking) / 1000);
    console.log(`${clicks.pressed.length} clicks in ${seconds} s: ${clicks.pressed.join(' · ')}`);
  });
});

/** As somebody without a mouse: on with Tab until the focus is there. */
async function tabTo(page: WatchedPage['page'], name: string): Promise<void> {
  await page.locator('body').press('Home');
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const at = document.activeElement;
      return {
        words: at?.textContent?.trim() ?? '',
        outlined: at === null ? '' : getComputedStyle(at).outlineStyle,
      };
    });
    if (focused.words !== name) continue;
    expect(focused.outlined, 'one sees where the keyboard is').not.toBe('none');
    return;
  }
  throw new Error(`The keyboard did not come to ${name}.`);
}
