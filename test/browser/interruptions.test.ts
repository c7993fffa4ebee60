/**
 * While rows move: the page loses its server and finds it again; the server is killed and started again. The page says what
 * it does not know, offers nothing that cannot be done, and goes on by itself; the move never needed it.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../helpers/test-database.ts';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { type Serving, startServing } from './serving.ts';
import { beginOwn, goOnUntil } from './take-journey.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

/** What a browser writes of its own when an answer does not come. */
const noAnswer = /Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|net::ERR/;

/** Many rows without a fault, so that no gate stops it before it is interrupted. */
const longSource = `
create table patients (id serial primary key, name text not null);
insert into patients (name) select 'Patient ' || n from generate_series(1, 1000) n;
create table readings (id serial primary key, patient_id integer not null references patients, value numeric(8, 2) not null);
insert into readings (patient_id, value) select 1 + n % 1000, n % 977 / 10.0 from generate_series(1, 200000) n;
analyze;`;

describeInBrowser('interruptions while rows move', () => {
  const source = useTestDatabase();
  const target = useTestDatabase('supabase');
  let serving: Serving;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launchChromium();
    await source.query(longSource);
    serving = await startServing({
      // small batches one after the other: it moves long enough to be interrupted
      env: {
        SOURCE_DATABASE_URL: source.url,
        TARGET_DATABASE_URL: target.url,
        BATCH_SIZE: '100',
        MAX_CONCURRENCY: '1',
      },
    });
    watched = await openPage(browser, serving);
    const { page } = watched;
    await page.goto(serving.enter);
    await beginOwn(page, { pressed: [] });
    await goOnUntil(page, { pressed: [] }, (way) => way === 'Approve and start the move');
    await page.getByRole('button', { name: 'Approve and start the move' }).click();
    await page.getByRole('button', { name: 'Approve and start the move' }).waitFor({ state: 'detached' });
    await page.goto(`${serving.origin}/own/progress`);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  const bar = () => watched.page.locator('.connection-bar');
  /** What the server says of the move, not the page. */
  async function copied(): Promise<number> {
    const answer = await watched.page.request.get(`${serving.origin}/api/v1/migrations/own/runs/latest`);
    return Number((await answer.json()).data.progress.rowsDone);
  }

  test('the connection is lost, said so, and restored', async () => {
    const { page, context } = watched;
    await context.setOffline(true);
    await bar().getByText('No connection to Towpath since').waitFor();
    const pause = page.getByRole('button', { name: 'Pause' });
    if ((await pause.count()) > 0) expect(await pause.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Moving when last seen').waitFor();
    await context.setOffline(false);
    await bar().getByText('No connection').waitFor({ state: 'detached' });
    await page.getByText('Moving when last seen').waitFor({ state: 'detached' });
  });

  test('the server is killed and started again: the page comes back by itself, and the move went on', async () => {
    const { page } = watched;
    const before = await copied();
    await serving.kill();
    await bar().getByText('No connection to Towpath since').waitFor();
    await serving.startAgain();
    await bar().getByText('No connection').waitFor({ state: 'detached', timeout: 120_000 });
    await page.getByText('Towpath was started again').waitFor({ state: 'detached', timeout: 120_000 });
    await page.getByText('when last seen').waitFor({ state: 'detached', timeout: 120_000 });
    // the address bar was not touched: it is the same page, with newer figures
    await expect.poll(copied, { timeout: 120_000 }).toBeGreaterThan(before);
    await page.goto(`${serving.origin}/own/guide`);
    const end = await goOnUntil(page, { pressed: [] }, (way) => way === 'Read the proof and sign');
    expect(end).toBe('Read the proof and sign');
    watched.expectQuiet(noAnswer);
  });
});
