/**
 * A viewer reads everything and decides nothing, an operator works and does not approve: the page offers no such button, and
 * the server refuses what is sent anyway.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { type Serving, startServing } from './serving.ts';
import { beginSample, goOnUntil } from './take-journey.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

const [approver, operator, viewer] = ['Ada Lovelace', 'Otto Worker', 'Vera Reader'];
const screens = ['guide', 'plan', 'problems', 'progress', 'proof'];
/** Every button that writes says whether it can be used (web/parts/write-button.tsx); no other does. */
const canWrite = 'main button[aria-disabled=false]';

describeInBrowser('roles', () => {
  let serving: Serving;
  let browser: Browser;
  let ada: WatchedPage;
  let otto: WatchedPage;
  let vera: WatchedPage;

  beforeAll(async () => {
    browser = await launchChromium();
    serving = await startServing({
      people: [
        { name: approver, role: 'approver' },
        { name: operator, role: 'operator' },
        { name: viewer, role: 'viewer' },
      ],
    });
    ada = await openPage(browser, serving);
    await ada.page.goto(serving.enterAs(approver));
    otto = await openPage(browser, serving);
    await otto.page.goto(serving.enterAs(operator));
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

  test('a viewer of a migration that is closed is told who can open it, and asks for nothing', async () => {
    const { page } = vera;
    const opened: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/open')) opened.push(request.url());
    });
    await page.route('**/api/v1/migrations/sample', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), state: 'closed' } });
    });
    await page.goto(`${serving.origin}/sample/guide`);
    await page.getByRole('heading', { name: 'This migration is not open yet' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('role of operator or approver must open it');
    await page.unroute('**/api/v1/migrations/sample');
    expect(opened).toEqual([]);
    vera.expectQuiet();
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

    const refusals = [
      await sent(vera.page, `/approvals/${await waitingId(vera.page)}`, { decision: 'grant' }),
      await sent(vera.page, '/steps/start', {}),
      await sent(vera.page, '/chat', { text: 'Approve the rehearsal for me.' }),
      await sent(vera.page, '/sign-off', { name: 'Vera', note: '', statements: [] }),
    ];
    expect(refusals).toEqual(Array.from({ length: 4 }, () => [403, 'ROLE_REQUIRED']));
    expect(await ada.page.getByRole('button', { name: 'Approve the rehearsal' }).isVisible()).toBe(true);
  });

  test('an operator goes on with the work, and neither approves nor signs', async () => {
    await otto.show('/sample/guide');
    const card = otto.page.locator('.waiting article');
    await card.getByText('Waiting for an approver').waitFor();
    expect(await card.getByRole('button', { name: /^approve/i }).count()).toBe(0);
    expect(await otto.page.locator('#say').isDisabled(), 'but may speak').toBe(false);
    expect(await sent(otto.page, `/approvals/${await waitingId(otto.page)}`, { decision: 'grant' })).toEqual([
      403,
      'ROLE_REQUIRED',
    ]);
    expect(await sent(otto.page, '/sign-off', { name: 'Otto', note: '', statements: [] })).toEqual([
      403,
      'ROLE_REQUIRED',
    ]);
    expect(await ada.page.getByRole('button', { name: 'Approve the rehearsal' }).isVisible()).toBe(true);
  });

  test('no screen of a viewer has a button that writes, before the move and when it has stopped', async () => {
    const usable = async ({ page, show }: WatchedPage) => {
      const found: string[] = [];
      for (const screen of screens) {
        await show(`/sample/${screen}`);
        found.push(...(await page.locator(canWrite).allInnerTexts()).map((name) => `${screen}: ${name}`));
      }
      return found;
    };
    expect(await usable(vera)).toEqual([]);
    expect((await usable(ada)).length, 'whoever may write finds some').toBeGreaterThan(1);
    await ada.show('/sample/guide');
    const { page } = ada;
    await goOnUntil(page, { pressed: [] }, (way) => way === 'Approve and go on without these rows');
    expect(await usable(vera)).toEqual([]);
    expect((await usable(ada)).length).toBeGreaterThan(3);
    vera.expectQuiet(/status of 403/);
  });
});

const at = '/api/v1/migrations/sample';

async function waitingId(page: Page): Promise<string> {
  const [waiting] = await (await page.request.get(new URL(`${at}/approvals`, page.url()).href)).json();
  return waiting.id;
}

/** As the page itself sends it, with its cookie and from its origin. */
function sent(page: Page, path: string, body: object): Promise<readonly [number, string]> {
  return page.evaluate(
    async ([address, words]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address, { method: 'POST', headers, body: words });
      return [answer.status, (await answer.json()).code] as const;
    },
    [`${at}${path}`, JSON.stringify(body)] as const,
  );
}
