/** Suites that need a browser. Without one they say that they are skipped; with TOWPATH_REQUIRE_BROWSER=1 they fail. */
import { describe } from 'vitest';
import { findChromium } from '../../bench/chromium.ts';

export { launchChromium } from '../../bench/chromium.ts';

export function describeInBrowser(name: string, tests: () => void): void {
  if (findChromium() !== null || process.env.TOWPATH_REQUIRE_BROWSER === '1') {
    describe(name, tests);
    return;
  }
  describe.skip(
    `${name} (skipped: there is no Chromium; TOWPATH_REQUIRE_BROWSER=1 makes that a failure)`,
    tests,
  );
}
