/**
 * Takes the sample through its journey as a person does who agrees to what is recommended: looks at what waits at the end of
 * the conversation, and clicks. Counts the clicks. Stops where `until` says so, before anything is pressed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { type Hand, mouse } from './hand.ts';

export interface Clicks {
  /** What was pressed, in order. */
  readonly pressed: string[];
  /** Default: the mouse. */
  readonly hand?: Hand;
}

/** What waits: the first of these that is there is pressed. */
const ways = [
  'Read the proof and sign',
  'Approve the rehearsal',
  'Approve and start the move',
  'Approve and go on without these rows',
  'Use this answer',
  'Look at the old database',
  'Go on',
  'Go on with the guide',
] as const;
export type Way = (typeof ways)[number];

const handOf = ({ hand = mouse }: Clicks) => hand;

export async function press(what: Locator, clicks: Clicks): Promise<void> {
  const name = (await what.innerText()).trim();
  await handOf(clicks).press(what);
  clicks.pressed.push(name);
}

/** False: it went away before, because something else waits now. */
async function isPressed(what: Locator, clicks: Clicks): Promise<boolean> {
  try {
    await press(what, clicks);
    return true;
  } catch (error) {
    if ((await what.count()) > 0) throw error;
    return false;
  }
}

/** From the first screen. */
export async function beginSample(page: Page, clicks: Clicks): Promise<void> {
  await press(page.getByRole('button', { name: 'Try with sample data' }), clicks);
  await page.waitForURL('**/sample/guide');
  await page.locator('.waiting').waitFor({ timeout: 180_000 });
}

/** The same with the databases that are configured. */
export async function beginOwn(page: Page, clicks: Clicks): Promise<void> {
  await press(page.getByRole('button', { name: 'Look at the old database' }), clicks);
  await page.waitForURL('**/own/guide');
  await page.locator('.waiting').waitFor({ timeout: 180_000 });
}

/** At the guide. The way that was reached and not taken; throws where nothing waits for long. */
export async function goOnUntil(
  page: Page,
  clicks: Clicks,
  until: (way: Way, title: string) => boolean,
  why = 'These rows were broken in the old system already.',
): Promise<Way> {
  for (let turns = 0; turns < 80; turns++) {
    const { way, button, title } = await nextOf(page);
    if (until(way, title)) return way;
    const reason = page.locator('.waiting .approve-reason input');
    if (await reason.isVisible()) await handOf(clicks).write(reason, why);
    if (await isPressed(button, clicks)) await settled(page, button, title);
  }
  throw new Error(`The journey did not come to an end: ${clicks.pressed.join(', ')}`);
}

interface Next {
  readonly way: Way;
  readonly button: Locator;
  /** Of the card. */
  readonly title: string;
}

async function nextOf(page: Page): Promise<Next> {
  const waiting = page.locator('.waiting');
  for (let tries = 0; tries < 900; tries++) {
    for (const way of ways) {
      const role = way === 'Read the proof and sign' ? 'link' : 'button';
      const button = waiting.getByRole(role, { name: way, exact: true });
      // in one look: what is there may be gone in the next
      if ((await button.and(page.locator(':not([aria-busy="true"])')).count()) > 0)
        return { way, button: button.first(), title: await titleOf(page) };
    }
    await sleep(200);
  }
  throw new Error(`Nothing waits for long: ${(await waiting.innerText()).slice(0, 500)}`);
}

async function titleOf(page: Page): Promise<string> {
  const titles = await page.locator('.waiting .card-title').allInnerTexts();
  return titles[0]?.trim() ?? '';
}

/** Until what was pressed is gone, or stands under another title: the next card has come. */
async function settled(page: Page, button: Locator, title: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await button.count()) === 0 || (await titleOf(page)) !== title) return;
    await sleep(100);
  }
  throw new Error(`Pressed, and nothing came of it: ${title}`);
}

/** At the proof: everything that is asked for, as a person fills it in. */
export async function sign(page: Page, clicks: Clicks, name: string, note: string): Promise<void> {
  await page.locator('.sign-form').waitFor();
  for (const statement of await page.locator('.sign-form input[type=checkbox]').all()) {
    await handOf(clicks).tick(statement);
    clicks.pressed.push('a statement');
  }
  await handOf(clicks).write(page.getByLabel('Your name, as signature'), name);
  await handOf(clicks).write(page.getByLabel('A note, if you like'), note);
  await press(page.getByRole('button', { name: 'Sign off', exact: true }), clicks);
  await page
    .locator('#sign')
    .getByText(/^Signed by /)
    .waitFor();
}
