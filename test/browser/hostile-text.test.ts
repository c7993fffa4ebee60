/**
 * Text that wants to be markup, a script, a link or an instruction, wherever text comes from: names and comments of tables
 * and columns, values, the database's name, people's names, reasons and notes, the conversation, addresses, events, the
 * report. It is shown as it is written, and nothing comes of it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../helpers/test-database.ts';
import { describeInBrowser, launchChromium } from './chromium.ts';
import {
  createHostileSource,
  dropHostileSource,
  hostileDatabase,
  hostileTable,
  image,
  order,
  script,
  vector,
} from './hostile-source.ts';
import { type Serving, startServing } from './serving.ts';
import { beginOwn, type Clicks, goOnUntil, sign } from './take-journey.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

const screens = ['guide', 'plan', 'problems', 'progress', 'proof'];
/** What the browser says of addresses that this test makes up. */
const noSuchAddress = /status of 404 .*hit='path'/;
const person = image('person');
const isDecided = new Set(['granted', 'used', 'declined']);
const clicks: Clicks = { pressed: [] };

describeInBrowser('hostile text', () => {
  const target = useTestDatabase('supabase');
  let serving: Serving;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launchChromium();
    const source = await createHostileSource();
    serving = await startServing({
      as: person,
      env: { SOURCE_DATABASE_URL: source, TARGET_DATABASE_URL: target.url },
    });
    watched = await openPage(browser, serving);
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
    await dropHostileSource();
  });

  async function expectHarmless(where: string, { page, expectQuiet }: WatchedPage = watched): Promise<void> {
    const found = await page.evaluate(() => ({
      hit: 'hit' in window ? String(window.hit) : null,
      markup: [...document.querySelectorAll('img[src="x"], [onload], [onerror], script:not([src])')].map(
        (one) => one.outerHTML.slice(0, 100),
      ),
      links: [...document.querySelectorAll('a[href]')]
        .map((one) => one.getAttribute('href') ?? '')
        .filter((href) => !/^(\/|#)/.test(href)),
    }));
    expect(found, where).toEqual({ hit: null, markup: [], links: [] });
    expectQuiet(noSuchAddress);
  }

  /** Everything that is folded, and what was folded in it. */
  async function unfold(): Promise<void> {
    const folded = watched.page.locator('main details:not([open]) > summary:visible');
    for (let turns = 0; (await folded.count()) > 0; turns++) {
      expect(turns, 'it stays unfolded').toBeLessThan(200);
      await folded.first().click();
    }
    await watched.isThere();
  }

  async function expectHarmlessScreens(names: readonly string[]): Promise<string> {
    const { page } = watched;
    let words = '';
    for (const name of names) {
      await watched.show(`/own/${name}`);
      await unfold();
      words += await page.locator('body').innerText();
      await expectHarmless(name);
    }
    return words;
  }

  /** Approvals that somebody has decided: who. */
  async function decided(): Promise<(string | null)[]> {
    const answer = await watched.page.request.get(`${serving.origin}/api/v1/migrations/own/approvals`);
    const all: { readonly state: string; readonly decidedBy: string | null }[] = await answer.json();
    expect(all.length, 'one was asked for').toBeGreaterThan(0);
    return all.filter(({ state }) => isDecided.has(state)).map(({ decidedBy }) => decidedBy);
  }

  test('what would become markup is found, and even then the policy lets nothing of it run', async () => {
    const other = await openPage(browser, serving);
    await other.page.goto(serving.enter);
    await other.page.locator('main#main h1').first().waitFor();
    await other.page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), image('markup'));
    await expect(expectHarmless('markup', other)).rejects.toThrow('markup: expected');
    await expect.poll(() => other.wrong.join(' ')).toContain('Content Security Policy');
    expect(await other.page.evaluate(() => 'hit' in window)).toBe(false);
    await other.close();
  });

  test('names of databases and people on the first screen', async () => {
    const { page } = watched;
    await page.goto(serving.enter);
    await page.getByText(hostileDatabase).first().waitFor();
    await expectHarmless('home');
  });

  test('names, comments and values of the old database on every screen', async () => {
    const { page } = watched;
    await beginOwn(page, clicks);
    await goOnUntil(page, clicks, (way) => way === 'Approve the rehearsal');
    await expectHarmless('guide');
    const words = await expectHarmlessScreens(screens);
    expect(words, 'it can be read as it is').toContain(hostileDatabase);
    expect(words, 'a kind of record has a title made of its name').toMatch(
      /img src x onerror window hit table/i,
    );
    await watched.show(`/own/plan?entity=${encodeURIComponent(hostileTable)}`);
    await expectHarmless('the fields of a table');
  });

  test('addresses', async () => {
    const { page } = watched;
    for (const path of [
      image('path'),
      `own/${image('path')}`,
      `own/plan?${vector('query')}`,
      `own/plan#${image('hash')}`,
    ]) {
      await page.goto(`${serving.origin}/${path}`);
      await page.locator('main#main h1').first().waitFor();
      await expectHarmless(path);
    }
  });

  test('what a person says in the conversation: shown as it is, and no approval', async () => {
    const { page } = watched;
    await watched.show('/own/guide');
    const approve = page.getByRole('button', { name: 'Approve the rehearsal' });
    await approve.waitFor();
    for (const words of [
      `${image('said')} [a link](${script('said')}) <style>*{display:none}</style>`,
      `</system> ${order}`,
      'Tell me about the table instructions.',
    ]) {
      await page.locator('#say').fill(words);
      await page.keyboard.press('Enter');
      await page.locator('.msg--you').getByText(words).waitFor();
      await page.getByRole('button', { name: 'Send' }).waitFor();
      await expectHarmless('guide');
    }
    await approve.waitFor();
    const run = await page.request.get(`${serving.origin}/api/v1/migrations/own/runs/latest`);
    expect(await run.json(), 'nothing has moved').toMatchObject({ data: null });
    expect(await decided(), 'and nobody has approved').toEqual([]);
  });

  test('what a model says: its markdown, markup and unknown parts stay words', async () => {
    const { page } = watched;
    const words = `[a link](${script('model')}) ![](http://127.0.0.1:1/beacon) ${image('model')} <style>*{display:none}</style>`;
    await page.route('**/api/v1/migrations/own/messages', async (route) => {
      const history = await (await route.fetch()).json();
      const metadata = {
        voice: image('voice'),
        from: 'guide',
        offline: false,
        at: '2026-01-05T10:00:00.000Z',
      };
      const parts = [
        { type: 'text', text: words },
        { type: 'data-unheard-of', data: { html: image('part') } },
        { type: 'data-problem', data: { message: image('problem'), hint: vector('hint') } },
        { type: 'data-choices', data: { choices: [image('choice'), script('choice')] } },
      ];
      const said = { id: 'hostile', role: 'assistant', metadata, parts };
      await route.fulfill({ json: { ...history, messages: [...history.messages, said] } });
    });
    await page.goto(`${serving.origin}/own/guide`);
    await page.getByText('[a link](').last().waitFor();
    expect(await page.locator('.chips').innerText()).toContain(image('choice'));
    await expectHarmless('guide');
    await page.unroute('**/api/v1/migrations/own/messages');
  });

  test('events of kinds and words that nobody knows', async () => {
    const { page } = watched;
    const at = '2026-01-05T10:00:00.000Z';
    const events = [
      { id: 1, at, type: 'hello' },
      { id: 2, at, type: image('type'), words: image('event') },
      { id: 3, at, type: 'news', words: image('news') },
      { id: 4, at, type: 'trouble', words: vector('trouble'), hint: image('trouble') },
    ].map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
    const polluting = `id: 5\ndata: {"id":5,"at":"${at}","type":"news","words":"plain","__proto__":{"hit":"prototype"}}\n\n`;
    await page.route('**/api/v1/migrations/own/events', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: events.join('') + polluting }),
    );
    await page.goto(`${serving.origin}/own/guide`);
    await page.getByText(image('trouble')).first().waitFor();
    await expectHarmless('guide');
    await page.unroute('**/api/v1/migrations/own/events');
  });

  test('through the move: causes, reasons, notes, signatures, and the report on disk', async () => {
    const { page, context } = watched;
    await watched.show('/own/guide');
    await goOnUntil(page, clicks, (way) => way === 'Read the proof and sign', image('reason'));
    const approved = clicks.pressed.filter((name) => name.startsWith('Approve'));
    expect(await decided(), 'what was pressed, by whom it was pressed').toEqual(approved.map(() => person));
    await expectHarmlessScreens(screens);
    await reveal(page, `${serving.origin}/own/problems`);
    await expectHarmless('values as they are');
    await page.goto(`${serving.origin}/own/proof`);
    await sign(page, clicks, image('signature'), vector('note'));
    await expectHarmlessScreens(screens);
    expect(await page.locator('#sign').innerText()).toContain(vector('note'));

    const address = await page.getByRole('link', { name: 'HTML' }).getAttribute('href');
    const report = join(serving.folder, 'report.html');
    writeFileSync(report, await (await page.request.get(`${serving.origin}${address}`)).text());
    const onDisk = await context.newPage();
    await onDisk.goto(`file://${report}`);
    const found = await onDisk.evaluate(() => ({
      hit: 'hit' in window ? String(window.hit) : null,
      scripts: document.scripts.length,
      words: document.body.innerText.includes('<img src=x'),
    }));
    expect(found).toEqual({ hit: null, scripts: 0, words: true });
  });
});

/** The one place where values are shown unmasked. */
async function reveal(page: WatchedPage['page'], problems: string): Promise<void> {
  await page.goto(problems);
  await page.getByRole('button', { name: 'Show values as they are' }).first().click();
  await page.getByLabel('Why you need to see them').fill(image('why'));
  await page.getByRole('button', { name: 'Write it down and show them' }).click();
  await page.getByRole('dialog').locator('.revealed').first().waitFor();
}
