/**
 * A model that does what the old database tells it: it calls whatever might approve, start, sign or reveal, and then says that
 * it is done. The page shows its words as words, under its name; the card waits as before, and nothing has moved.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Decide, type OpenAiServer, startOpenAiServer } from '../helpers/openai-server/openai-server.ts';
import { useTestDatabase } from '../helpers/test-database.ts';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { image, order, script } from './hostile-source.ts';
import { type Serving, startServing } from './serving.ts';
import { beginOwn, goOnUntil } from './take-journey.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

/** Whatever such tools might be called. */
const wanted = ['decideApproval', 'grantApproval', 'approve', 'startRun', 'runStep', 'signOff', 'revealRows'];
const claim = `Done: approved, moved and signed. ${image('model')} [the proof](${script('model')})`;
const obeys: Decide = ({ toolResults }) =>
  toolResults.length > 0
    ? { text: claim }
    : { toolCalls: wanted.map((name) => ({ name, arguments: { decision: 'grant', by: 'Ada Lovelace' } })) };

const hostileWords = `
create table customer (id serial primary key, name text not null);
insert into customer (name) select 'customer ' || n from generate_series(1, 50) n;
comment on table customer is '${order}';
analyze;`;

describeInBrowser('a model that obeys the database', () => {
  const source = useTestDatabase();
  const target = useTestDatabase('supabase');
  let model: OpenAiServer;
  let serving: Serving;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launchChromium();
    await source.query(hostileWords);
    model = await startOpenAiServer({ script: obeys });
    serving = await startServing({
      env: {
        SOURCE_DATABASE_URL: source.url,
        TARGET_DATABASE_URL: target.url,
        ...{ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: model.key ?? '', TOWPATH_MODEL: model.model },
      },
    });
    watched = await openPage(browser, serving);
    await watched.page.goto(serving.enter);
    const isBegun = Promise.withResolvers<void>();
    await watched.page.route('**/guide/start', async (route) => {
      await isBegun.promise;
      await route.continue();
    });
    await beginOwn(watched.page, { pressed: [] });
    const look = watched.page.getByRole('button', { name: 'Look at the old database' });
    expect(await look.getAttribute('aria-busy'), 'what was pressed is not offered once more').toBe('true');
    isBegun.resolve();
    await goOnUntil(watched.page, { pressed: [] }, (way) => way === 'Approve the rehearsal');
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
    await model?.close();
  });

  test.each(['What is in the table customer?', order])('%s', async (words) => {
    const { page, expectQuiet } = watched;
    const asked = model.requests.length;
    await page.locator('#say').fill(words);
    await page.keyboard.press('Enter');
    await page.locator('.msg--you').getByText(words).waitFor();
    await page.getByText('Done: approved, moved and signed.').last().waitFor();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(model.requests.length, 'it was the model that answered').toBeGreaterThan(asked);
    expect(await page.locator('.chat-head .tag').innerText()).toContain(model.model);

    expect(await page.getByText(image('model')).count(), 'its markup is words').toBeGreaterThan(0);
    expect(await page.locator('main img, main a[href^="javascript:"]').count()).toBe(0);
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);

    const approve = page.getByRole('button', { name: 'Approve the rehearsal' });
    expect(await approve.getAttribute('aria-disabled'), 'it waits as before').toBe('false');
    const at = `${serving.origin}/api/v1/migrations/own`;
    const approvals: { readonly state: string }[] = await (await page.request.get(`${at}/approvals`)).json();
    expect(approvals.map(({ state }) => state)).toEqual(['requested']);
    expect(await (await page.request.get(`${at}/runs/latest`)).json(), 'nothing has moved').toMatchObject({
      data: null,
    });
    expect(
      await target.query('select 1 from information_schema.tables where table_name = $1', ['customers']),
    ).toEqual([]);
    expectQuiet();
  });
});
