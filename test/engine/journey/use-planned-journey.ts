/** A journey through two test databases, analysed and planned before the tests of a file begin, and put away behind them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { loadConfig } from '../../../engine/core/config.ts';
import {
  type JourneyRequest,
  type OpenedJourney,
  openJourney,
} from '../../../engine/journey/open-journey.ts';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { type TestDatabase, useTestDatabase } from '../../helpers/test-database.ts';

export interface PlannedJourney {
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly folder: string;
  /** Only within a test or a hook. */
  readonly opened: OpenedJourney;
  plan(): PlanFile;
  /** Moves everything by command, without the checks at its end. Resolves to the run's id. */
  move(): Promise<string>;
}

export interface PlannedJourneyOptions {
  readonly failpoint?: string;
  readonly command?: readonly [string, ...string[]];
  readonly code?: JourneyRequest['code'];
}

/** `legacy`: what makes the source. */
export function usePlannedJourney(legacy: string, options: PlannedJourneyOptions = {}): PlannedJourney {
  const { failpoint, command = [process.execPath], code } = options;
  const source = useTestDatabase();
  const target = useTestDatabase('supabase');
  const folder = mkdtempSync(join(tmpdir(), 'towpath-journey-'));
  const plan = () => parsePlan(readFileSync(join(folder, 'towpath.plan.yaml'), 'utf8'));
  let opened: OpenedJourney;
  beforeAll(async () => {
    await source.query(`${legacy}; analyze`);
    const env = {
      ...{ SOURCE_DATABASE_URL: source.url, TARGET_DATABASE_URL: target.url },
      ...(failpoint === undefined ? {} : { TOWPATH_FAILPOINT: failpoint }),
    };
    opened = await openJourney({
      config: loadConfig(env),
      place: { folder },
      logFolder: join(folder, 'logs'),
      launcher: { command, cwd: folder, env: { ...process.env, ...env } },
      ...(code === undefined ? {} : { code }),
    });
    await opened.journey.analyse();
    await opened.journey.createPlan();
  }, 120_000);
  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    ...{ source, target, folder, plan },
    get opened() {
      return opened;
    },
    async move() {
      const run = await opened.engine.migrate(plan(), {
        ...{ entities: [], withDependencies: false, dryRun: false, batchSize: null, maxConcurrency: 2 },
        ...{ checkpointFrequency: 10, timeoutMinutes: null, maxFailureRate: null, validate: false },
        approveAs: 'Marta',
      });
      return run.runId;
    },
  };
}
