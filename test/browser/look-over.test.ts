/** The look over a screen finds what it is there to find: a page with one of each. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' });
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

  test('what moves where less motion is asked for', async () => {
    const said = 'moves though less motion is asked for';
    expect(await found('<p style="transition:color 120ms">Slides</p>')).toContain(said);
    expect(await found('<style>@keyframes k{}p{animation:k 1s}</style><p>Turns</p>')).toContain(said);
  });

  test('more script than a first visit may load', async () => {
    const server = createServer(({ url }, answer) => {
      answer.setHeader('content-type', url === '/heavy.js' ? 'text/javascript' : 'text/html');
      answer.end(url === '/heavy.js' ? `/* ${'x'.repeat(300_000)} */` : '<script src="/heavy.js"></script>');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect((await lookOver(page)).join('\n')).toContain('bytes of compressed script');
    await page.close();
    server.close();
  });
});
