/**
 * A page in a browser of its own that hears what goes wrong in it: errors on the console, exceptions, breaches of the content
 * security policy, and requests to anybody else than its server. `expectQuiet` fails where there was one.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Serving } from './serving.ts';

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong so far. */
  readonly wrong: readonly string[];
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
}

export const desktop: Looks = { width: 1360, height: 860 };
export const phone: Looks = { width: 360, height: 740 };

export async function openPage(
  browser: Browser,
  { origin }: Pick<Serving, 'origin'>,
  looks: Looks = {},
): Promise<WatchedPage> {
  const { width = 1360, height = 860, scheme = 'light', density = 1 } = looks;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    deviceScaleFactor: density,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const wrong: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (isNotThereYet(message.text(), url)) return;
    if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
      wrong.push(`console: ${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => wrong.push(`exception: ${error.message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))
      wrong.push(`request to somebody else: ${url}`);
  });
  return {
    page,
    context,
    wrong,
    expectQuiet: (but) => expect(wrong.filter((one) => but === undefined || !but.test(one))).toEqual([]),
    close: () => context.close(),
  };
}

/** A move that has not begun has no run, no rows set aside and no proof: the page asks, and shows what it is told. */
function isNotThereYet(text: string, url: string): boolean {
  return /status of 404/.test(text) && /\/(runs\/latest|quarantine|proof)$/.test(url);
}
