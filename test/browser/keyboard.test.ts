/**
 * The journey of the sample with nothing but a keyboard, from the first screen to the signature: every button is come to with
 * the tab key, is seen to be where the keyboard is, and is pressed with Enter. On the way the places that have keys of their
 * own: the way past the header, the picture of the plan, a window over the page, what opens on a press.
 */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { createKeyboard, type Keyboard } from './hand.ts';
import { type Serving, startServing } from './serving.ts';
import { beginSample, type Clicks, goOnUntil, press, sign } from './take-journey.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

describeInBrowser('the journey of the sample by the keyboard', () => {
  let serving: Serving;
  let browser: Browser;
  let watched: WatchedPage;
  let keys: Keyboard;
  let presses: Clicks;

  beforeAll(async () => {
    browser = await launchChromium();
    serving = await startServing();
    watched = await openPage(browser, serving);
    keys = createKeyboard(watched.page);
    presses = { pressed: [], hand: keys };
    await watched.page.goto(serving.enter);
    await watched.isThere();
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  const has = (what: Locator) => what.evaluate((one) => one.contains(document.activeElement));
  const isAt = (what: Locator) => what.evaluate((one) => one === document.activeElement);

  test('the first key leads past the header', async () => {
    const { page } = watched;
    await page.keyboard.press('Tab');
    expect(await isAt(page.locator('.skip'))).toBe(true);
    await expect.poll(async () => (await page.locator('.skip').boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await has(page.locator('main#main')), 'the next key is in the content').toBe(true);
  });

  test('to the first approval; when it comes, the keyboard is at its title and not at a button', async () => {
    const { page } = watched;
    await beginSample(page, presses);
    await goOnUntil(page, presses, (way) => way === 'Approve the rehearsal');
    await expect.poll(() => isAt(page.locator('.waiting .card-title').first())).toBe(true);
  });

  test('what a label means opens, and Escape closes it', async () => {
    const { page } = watched;
    const meaning = page.locator('#offline-meaning');
    expect(await meaning.isVisible()).toBe(false);
    await keys.press(page.locator('[popovertarget=offline-meaning]'));
    await meaning.waitFor();
    await page.keyboard.press('Escape');
    await meaning.waitFor({ state: 'hidden' });
  });

  test('the picture of the plan: arrows go from kind to kind, Enter chooses', async () => {
    const { page, show } = watched;
    await goOnUntil(page, presses, (way) => way === 'Approve and start the move');
    await show('/sample/plan');
    const stop = page.locator('.picture-entity[tabindex="0"]');
    await keys.comeTo(stop);
    const from = await stop.getAttribute('data-entity');
    await page.keyboard.press('ArrowDown');
    const next = page.locator('.picture-entity:focus');
    await expect.poll(() => next.getAttribute('data-entity')).not.toBe(from);
    await page.keyboard.press('Enter');
    await expect.poll(() => next.getAttribute('aria-pressed')).toBe('true');
  });

  test('through the move; a window keeps the keyboard, Escape closes it and gives the keyboard back', async () => {
    const { page, show } = watched;
    await show('/sample/guide');
    await goOnUntil(page, presses, (way) => way === 'Approve and go on without these rows');
    await show('/sample/problems');
    const opener = page.getByRole('button', { name: 'Show values as they are' }).first();
    await keys.press(opener);
    const box = page.getByRole('dialog');
    await box.waitFor();
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab');
      expect(await has(box), `after ${step + 1} keys`).toBe(true);
    }
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    await expect.poll(() => isAt(opener)).toBe(true);
  });

  test('to the signature', async () => {
    const { page, show } = watched;
    await show('/sample/guide');
    await goOnUntil(page, presses, (way) => way === 'Read the proof and sign');
    await press(page.getByRole('link', { name: 'Read the proof and sign' }), presses);
    await page.waitForURL('**/sample/proof');
    await watched.isThere();
    await sign(page, presses, 'Ada Lovelace', 'Read.');
    // the button that was pressed is gone; the keyboard stays at what it did
    await expect.poll(() => isAt(page.locator('#h-sign'))).toBe(true);
    watched.expectQuiet();
    const all = keys.steps.reduce((sum, steps) => sum + steps, 0);
    console.log(
      `${presses.pressed.length} presses, ${all} times Tab, at most ${Math.max(...keys.steps)} to one thing`,
    );
  });
});
