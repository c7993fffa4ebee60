import { defineConfig } from 'vitest/config';

/**
 * `npm run test:browser`: the page in a real browser, one suite after the other. The page must be built (npm run build:page).
 * Where there is no Chromium the suites say that they are skipped; with TOWPATH_REQUIRE_BROWSER=1 that is a failure.
 */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/helpers/compile-cache.ts', 'test/helpers/embedded-server.ts'],
    setupFiles: ['test/helpers/property-seed.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 240_000,
    teardownTimeout: 30_000,
  },
});
