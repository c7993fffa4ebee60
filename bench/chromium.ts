/** Chromium of this computer (TOWPATH_CHROMIUM, else Debian's place), driven by playwright-core, which brings none along. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function findChromium(): string | null {
  const given = process.env.TOWPATH_CHROMIUM;
  if (given !== undefined && given !== '') return existsSync(given) ? given : null;
  return usualPlaces.find((place) => existsSync(place)) ?? null;
}

/** @throws where there is no Chromium */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error('There is no Chromium: apt-get install chromium, or name one in TOWPATH_CHROMIUM.');
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--no-first-run'],
    ],
  });
}
