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
      // five thousand batches one after the other: a quick machine takes half a minute, which is interrupted in its first half
      env: {
        SOURCE_DATABASE_URL: source.url,
        TARGET_DATABASE_URL: target.url,
        BATCH_SIZE: '40',
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
    await watched.show('/own/progress');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.end();
  });

  const bar = () => watched.page.locator('.connection-bar');
  /** What the server says of the move, not the page. */
  async function move(): Promise<{ readonly copied: number; readonly alive: boolean }> {
    const answer = await watched.page.request.get(`${serving.origin}/api/v1/migrations/own/runs/latest`);
    const { progress, alive } = (await answer.json()).data;
    return { copied: Number(progress.rowsDone), alive };
  }
  /** What the page says of it. */
  const shown = () => watched.page.locator('.overall-bar .overall-line').innerText();
  /** Whoever loads the page anew loses what is written into it here. */
  const mark = () => watched.page.evaluate(() => Object.assign(window, { isTheSame: true }));
  const isTheSame = () => watched.page.evaluate(() => 'isTheSame' in window);

  test('the connection is lost, said so, and restored', async () => {
    const { page, context } = watched;
    await mark();
    expect((await move()).alive, 'rows move').toBe(true);
    await context.setOffline(true);
    await bar().getByText('No connection to Towpath since').waitFor();
    await page.getByText('Moving when last seen').waitFor();
    expect(await page.getByRole('button', { name: 'Pause' }).getAttribute('aria-disabled')).toBe('true');
    const lastSeen = await shown();
    await context.setOffline(false);
    await bar().getByText('No connection').waitFor({ state: 'detached' });
    await page.getByText('when last seen').waitFor({ state: 'detached' });
    await expect.poll(shown, { timeout: 60_000 }).not.toBe(lastSeen);
    expect(await isTheSame()).toBe(true);
  });

  test('the server is killed and started again: the page comes back by itself, and the move went on', async () => {
    const { page } = watched;
    const talk = await openPage(browser, serving);
    await talk.page.goto(serving.enter);
    await talk.show('/own/guide');
    const say = talk.page.locator('#say');
    await say.fill('What happens now?');
    const before = await move();
    expect(before.alive, 'rows move').toBe(true);
    await serving.kill();
    await bar().getByText('No connection to Towpath since').waitFor();

    await talk.page.locator('.connection-bar').getByText('No connection').waitFor();
    await say.press('Enter');
    expect(await say.inputValue(), 'what was written is kept').toBe('What happens now?');
    expect(await talk.page.locator('.msg--you').count(), 'and not sent').toBe(0);

    await serving.startAgain();
    await bar().getByText('No connection').waitFor({ state: 'detached', timeout: 120_000 });
    await page.getByText('Towpath was started again').waitFor({ state: 'detached', timeout: 120_000 });
    await page.getByText('when last seen').waitFor({ state: 'detached', timeout: 120_000 });
    await expect.poll(async () => (await move()).copied, { timeout: 120_000 }).toBeGreaterThan(before.copied);
    expect(await isTheSame(), 'nobody loaded it anew').toBe(true);

    await talk.page.locator('.connection-bar').getByText('No connection').waitFor({ state: 'detached' });
    await talk.page.getByText('Towpath was started again').waitFor({ state: 'detached', timeout: 120_000 });
    expect(await say.inputValue(), 'nothing is sent later than it was pressed').toBe('What happens now?');
    expect(await talk.page.locator('.msg--you').count()).toBe(0);
    await say.press('Enter');
    await talk.page.locator('.msg--you').getByText('What happens now?').waitFor();
    talk.expectQuiet(noAnswer);
    await talk.close();

    await watched.show('/own/guide');
    const end = await goOnUntil(page, { pressed: [] }, (way) => way === 'Read the proof and sign');
    expect(end).toBe('Read the proof and sign');
    watched.expectQuiet(noAnswer);
  });
});
