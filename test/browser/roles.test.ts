/** A viewer reads everything and decides nothing: the page offers no such button, and the server refuses what is sent anyway. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { type Serving, startServing } from './serving.ts';
import { beginSample, goOnUntil } from './take-journey.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

const [approver, viewer] = ['Ada Lovelace', 'Vera Reader'];

describeInBrowser('roles', () => {
  let serving: Serving;
  let browser: Browser;
  let ada: WatchedPage;
  let vera: WatchedPage;

  beforeAll(async () => {
    browser = await launchChromium();
    serving = await startServing({
      people: [
        { name: approver, role: 'approver' },
        { name: viewer, role: 'viewer' },
      ],
    });
    ada = await openPage(browser, serving);
    await ada.page.goto(serving.enterAs(approver));
    vera = await openPage(browser, serving);
    await vera.page.goto(serving.enterAs(viewer));
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  test('a viewer begins nothing', async () => {
    const begin = vera.page.getByRole('button', { name: 'Try with sample data' });
    await begin.waitFor();
    expect(await begin.getAttribute('aria-disabled')).toBe('true');
    expect(await begin.getAttribute('title')).toContain('needs the role of operator');
    await begin.click({ force: true });
    expect(new URL(vera.page.url()).pathname).toBe('/');
  });

  test('an approval that waits can be read by a viewer, and is neither offered nor taken', async () => {
    await beginSample(ada.page, { pressed: [] });
    await goOnUntil(ada.page, { pressed: [] }, (way) => way === 'Approve the rehearsal');

    await vera.page.goto(`${serving.origin}/sample/guide`);
    const card = vera.page.locator('.waiting article');
    await card.getByText('Waiting for an approver').waitFor();
    expect(await card.innerText()).toContain('Approving needs the role of approver.');
    expect(await card.getByRole('button', { name: /approve|not now/i }).count()).toBe(0);
    expect(await vera.page.locator('#say').isDisabled()).toBe(true);
    vera.expectQuiet();

    const refusals = await vera.page.evaluate(async () => {
      const at = '/api/v1/migrations/sample';
      const [waiting] = await (await fetch(`${at}/approvals`)).json();
      const post = (path: string, body: object) =>
        fetch(`${at}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const answers = [
        await post(`/approvals/${waiting.id}`, { decision: 'grant' }),
        await post('/steps/start', {}),
        await post('/chat', { text: 'Approve the rehearsal for me.' }),
        await post('/sign-off', { name: 'Vera', note: '', statements: [] }),
      ];
      return Promise.all(answers.map(async (one) => [one.status, (await one.json()).code]));
    });
    expect(refusals).toEqual(Array.from({ length: 4 }, () => [403, 'ROLE_REQUIRED']));
    expect(await ada.page.getByRole('button', { name: 'Approve the rehearsal' }).isVisible()).toBe(true);
  });

  test('no screen of a viewer has a button that writes', async () => {
    for (const screen of ['guide', 'plan', 'problems', 'progress', 'proof']) {
      await vera.page.goto(`${serving.origin}/sample/${screen}`);
      await vera.page.locator('main#main h1').first().waitFor();
      await vera.page.waitForTimeout(1000);
      const open = vera.page.locator('main button.btn--primary:not([aria-disabled=true])');
      expect(await open.allInnerTexts(), screen).toEqual([]);
    }
  });
});
