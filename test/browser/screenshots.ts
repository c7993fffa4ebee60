/**
 * `npm run screenshots`: pictures of every screen into docs/images, in light and dark, on a desk and on a phone, as the
 * sample looks on its way. The same journey as in the tests, by the same clicks. `npm run screenshots -- FOLDER` puts them
 * elsewhere.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './chromium.ts';
import { type Serving, startServing } from './serving.ts';
import { beginSample, type Clicks, goOnUntil, press, sign } from './take-journey.ts';
import { desktop, type Looks, openPage, phone } from './watched-page.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '..', '..', 'docs', 'images');

const looks: readonly (Looks & { readonly name: string })[] = (['light', 'dark'] as const).flatMap(
  (scheme) => [
    { ...desktop, scheme, name: scheme },
    { ...phone, scheme, density: 2, name: `phone-${scheme}` },
  ],
);

const browser = await launchChromium();
const serving: Serving = await startServing();
try {
  mkdirSync(folder, { recursive: true });
  await takeAll();
} finally {
  await browser.close();
  await serving.end();
}

async function takeAll(): Promise<void> {
  const clicks: Clicks = { pressed: [] };
  const { page } = await openPage(browser, serving);
  await page.goto(serving.enter);
  await take('home', '/');
  await beginSample(page, clicks);
  await goOnUntil(page, clicks, (way) => way === 'Approve the rehearsal');
  await take('guide', '/sample/guide');
  await goOnUntil(page, clicks, (way) => way === 'Approve and start the move');
  await take('plan', '/sample/plan');
  await goOnUntil(page, clicks, (way) => way === 'Approve and go on without these rows');
  await take('progress', '/sample/progress');
  await take('problems', '/sample/problems');
  await goOnUntil(page, clicks, (way) => way === 'Read the proof and sign');
  await press(page.getByRole('link', { name: 'Read the proof and sign' }), clicks);
  await sign(page, clicks, 'Ada Lovelace', 'Read, and compared with the old system.');
  await take('proof', '/sample/proof');
}

/** What is in sight, not the whole length of the screen. */
async function take(screen: string, path: string): Promise<void> {
  for (const { name, ...look } of looks) {
    const { page, show, close } = await openPage(browser, serving, look);
    await page.goto(serving.enter);
    await show(path);
    const file = join(folder, `${screen}-${name}.png`);
    rmSync(file, { force: true });
    await page.screenshot({ path: file });
    console.log(`${file} ${Math.round(statSync(file).size / 1024)} kB`);
    await close();
  }
}
