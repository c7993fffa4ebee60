/** Who opens the page without being signed in is told how to get in, comes in with what was given, and leaves nothing behind. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { lookOver } from './look-over.ts';
import { type Serving, startServing } from './serving.ts';
import { openPage, phone, type WatchedPage } from './watched-page.ts';

/** What a browser writes of its own about an answer that refuses. */
const refusedAnswer = /status of 401/;

describeInBrowser('coming in and leaving', () => {
  let serving: Serving;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launchChromium();
    serving = await startServing();
    watched = await openPage(browser, serving, phone);
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  test('a page without a session says how to get in, and shows nothing else', async () => {
    const { page } = watched;
    await page.goto(`${serving.origin}/sample/guide`);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    expect(await lookOver(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Paste the address first.').waitFor();
    await page.getByLabel('The address that you were given').fill('nothing-of-the-kind');
    await page.keyboard.press('Enter');
    await page.getByText('This does not let anybody in.').waitFor();
  });

  test('the printed address lets in, to the screen that was asked for', async () => {
    const { page } = watched;
    await page.getByLabel('The address that you were given').fill(serving.enter);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
    expect(page.url()).toBe(`${serving.origin}/sample/guide`);
  });

  test('help is there for everybody, with the entry that a message leads to', async () => {
    const { page } = watched;
    await page.goto(`${serving.origin}/help?about=connection_lost`);
    await page.getByRole('heading', { name: 'About the message that you came from' }).waitFor();
    expect(await page.locator('.entry').first().innerText()).toContain('CONNECTION_LOST');
    await page.getByLabel('Find by words or code').fill('disk full');
    await page.getByText('DISK_FULL').waitFor();
    expect(await lookOver(page)).toEqual([]);
  });

  test('who signs out is out, on every page', async () => {
    const { page } = watched;
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await page.goto(`${serving.origin}/`);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    watched.expectQuiet(refusedAnswer);
  });
});
