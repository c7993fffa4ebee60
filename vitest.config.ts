import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Suites that start processes or move many rows: after all others, so that they share the machine with each other only. */
const heavy = [
  'test/scenarios/**/*.test.ts',
  'test/engine/journey/journey.test.ts',
  'test/engine/rehearsal/chaos/under-faults.test.ts',
  'test/server/routes/journey.test.ts',
  'test/server/routes/guided.test.ts',
  'test/workflows/real-journey.test.ts',
];

/** Begun before the others, the longest first, so that the last minutes do not belong to one of them alone. */
const longest = [
  'chat',
  'privacy',
  'hostile-schema',
  'kill-and-resume',
  'whole-journey',
  'under-faults',
  'exam',
  'hostile-model',
  'rehearse-under-faults',
  'real-journey',
  'journey',
  'stop-and-go',
  'killed-in-the-middle',
  'odd-database',
  'undo-and-rehearse',
  'edited-plan',
  'real-faults',
  'quarantine-retry',
  'code-lane',
  'other-databases',
  'faults',
  'restart',
  'merge',
  'leaving-rows',
  'existing-target',
  'process',
  'idempotent-merge',
  'code-refused',
  'bad-servers',
  'rollback-to-before',
  'isolation',
  'dedupe',
  'dedupe-property',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** See vitest.sandbox.config.ts, vitest.chaos.config.ts and vitest.browser.config.ts. */
const elsewhere = ['test/sandbox/docker/**', 'test/chaos/chaos.test.ts', 'test/browser/**'];

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
    // More than a small machine's two cores: much of a suite's time is a process that starts, or a server's disk.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
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
