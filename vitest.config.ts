import { defineConfig } from 'vitest/config';

/** Suites that start processes or move many rows: after all others, so that they share the machine with each other only. */
const heavy = [
  'test/scenarios/**/*.test.ts',
  'test/engine/journey/journey.test.ts',
  'test/engine/rehearsal/chaos/under-faults.test.ts',
  'test/workflows/real-journey.test.ts',
];

/** See vitest.sandbox.config.ts and vitest.chaos.config.ts. */
const elsewhere = ['test/sandbox/docker/**', 'test/chaos/chaos.test.ts'];

const shared = {
  setupFiles: ['test/helpers/property-seed.ts'],
  // Nothing is asserted of times: these only end what hangs, on a slow and busy machine too.
  testTimeout: 240_000,
  hookTimeout: 240_000,
  teardownTimeout: 30_000,
  pool: 'forks' as const,
};

export default defineConfig({
  test: {
    globalSetup: ['test/helpers/compile-cache.ts', 'test/helpers/embedded-server.ts'],
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: [...heavy, ...elsewhere],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'heavy',
          include: heavy,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
