/**
 * A page in a browser of its own that hears what goes wrong in it: errors on the console, exceptions, breaches of the content
 * security policy, and requests to anybody else than its server. `expectQuiet` fails where there was one. It knows, too, what
 * the page waits for, so that nobody has to guess how long a screen takes to be there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import type { Serving } from './serving.ts';

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong so far. */
  readonly wrong: readonly string[];
  /** Goes to a screen and waits until it is there. */
  show(path: string): Promise<void>;
  /** Until the screen has its title, nothing that it asked for is on its way, and nothing says that it is being loaded. */
  isThere(): Promise<void>;
  /** `but`: what belongs to the test, such as an answer that does not come while the server is away. */
  expectQuiet(but?: RegExp): void;
  close(): Promise<void>;
}

export interface Looks {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** Pixels of the screen to one of the page. */
  readonly density?: number;
  readonly locale?: 'en-GB' | 'de-DE';
  readonly motion?: 'reduce' | 'no-preference';
}

export const desktop: Looks = { width: 1360, height: 860 };
export const phone: Looks = { width: 360, height: 740 };

export async function openPage(
  browser: Browser,
  { origin }: Pick<Serving, 'origin'>,
  looks: Looks = {},
): Promise<WatchedPage> {
  const { width = 1360, height = 860, scheme = 'light', density = 1 } = looks;
  const { locale = 'en-GB', motion = 'reduce' } = looks;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    deviceScaleFactor: density,
    reducedMotion: motion,
    locale,
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const wrong: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
      wrong.push(`console: ${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => wrong.push(`exception: ${error.message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))
      wrong.push(`request to somebody else: ${url}`);
  });
  const isThere = whatIsThere(page);
  return {
    page,
    context,
    wrong,
    isThere,
    async show(path) {
      await page.goto(`${origin}${path}`);
      await isThere();
    },
    expectQuiet: (but) => expect(wrong.filter((one) => but === undefined || !but.test(one))).toEqual([]),
    close: () => context.close(),
  };
}

const looksInARow = 3;
const mostLooks = 1200;

/** Neither streams that go on for as long as the page is open nor a knock at the door are part of a screen's coming. */
function whatIsThere(page: Page): () => Promise<void> {
  const onTheirWay = new Set<Request>();
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource' && !request.url().endsWith('/healthz'))
      onTheirWay.add(request);
  });
  page.on('requestfinished', (request) => onTheirWay.delete(request));
  page.on('requestfailed', (request) => onTheirWay.delete(request));
  return async () => {
    await page.locator('main#main h1').first().waitFor();
    const loading = page.locator('main#main .loading');
    let quiet = 0;
    for (let looks = 0; quiet < looksInARow; looks++) {
      if (looks === mostLooks)
        throw new Error(`Still asked for: ${[...onTheirWay].map((one) => one.url()).join(', ')}`);
      quiet = onTheirWay.size === 0 && (await loading.count()) === 0 ? quiet + 1 : 0;
      await sleep(50);
    }
  };
}
