/** The look over a screen finds what it is there to find: a page with one of each. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from './chromium.ts';
import { lookOver } from './look-over.ts';

describeInBrowser('looking over a screen', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function found(body: string): Promise<string> {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await page.setContent(
      `<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>${body}</main></body></html>`,
    );
    const sentences = await lookOver(page);
    await page.close();
    return sentences.join('\n');
  }

  test('nothing where all is well', async () => {
    expect(await found('<p>Words.</p>')).toBe('');
  });

  test('a picture without words, words too pale, words too small, a page too wide', async () => {
    expect(await found('<img src="data:,">')).toContain('image-alt');
    expect(await found('<p style="color:#ccc;background:#fff">Pale</p>')).toContain('color-contrast');
    expect(await found('<p style="font-size:13px">Small</p>')).toContain('text of 13 px: Small');
    expect(await found('<p style="width:500px">Wide</p>')).toContain('px wide where 360 are seen');
  });
});
