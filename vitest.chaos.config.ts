import { defineConfig } from 'vitest/config';

/** `npm run test:chaos`: random faults against real moves, with servers of their own (docs/chaos.md). */
export default defineConfig({
  test: {
    name: 'chaos',
    include: ['test/chaos/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    teardownTimeout: 30_000,
  },
});
