import { defineConfig } from 'vitest/config';

/**
 * `npm run test:sandbox`: everything about the sandbox, with real containers. Where Docker does not answer the suites that
 * need it are skipped and say so; with TOWPATH_REQUIRE_DOCKER=1, as in .ci/run, that is a failure.
 */
export default defineConfig({
  test: {
    name: 'sandbox',
    include: ['test/sandbox/**/*.test.ts'],
    globalSetup: ['test/helpers/compile-cache.ts', 'test/helpers/embedded-server.ts'],
    setupFiles: ['test/helpers/property-seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
