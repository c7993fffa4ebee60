/** A real engine over two test databases, with the catalog and the plan of the source. */

import type { Engine } from '../../../../engine/contract/contract.ts';
import type { RunResult } from '../../../../engine/contract/run.ts';
import { createClock } from '../../../../engine/core/clock.ts';
import { createFailpoints } from '../../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../../engine/core/log.ts';
import { createDatabase } from '../../../../engine/db/database.ts';
import { takeRecommended } from '../../../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import { createEngine } from '../../../../engine/run/engine.ts';
import type { Catalog } from '../../../../engine/schema/catalog.ts';
import type { TestDatabase } from '../../../helpers/test-database.ts';

export interface OpenMove {
  readonly engine: Engine;
  look(schemas?: readonly string[]): Promise<{ readonly catalog: Catalog; readonly plan: PlanFile }>;
  /** Approves the plan and moves all of it, whatever is set aside. */
  move(plan: PlanFile): Promise<RunResult>;
  close(): Promise<void>;
}

type Connected = Pick<TestDatabase, 'connection'>;

export function openMove(from: Connected, to: Connected): OpenMove {
  const log = createSilentLog();
  const source = createDatabase(from.connection, 'source', { log });
  const target = createDatabase(to.connection, 'target', { log });
  const engine = createEngine({
    config: { maxRetryAttempts: 1 },
    source,
    target,
    log,
    clock: createClock(),
    failpoints: createFailpoints(undefined),
  });
  return {
    engine,
    async look(schemas = ['public']) {
      const catalog = await engine.analyze({ schemas });
      return {
        catalog,
        plan: takeRecommended(engine.createPlan(catalog, { migration: 'sample', today: '2026-01-02' })),
      };
    },
    move: (plan) =>
      engine.migrate(plan, {
        entities: [],
        withDependencies: false,
        dryRun: false,
        batchSize: null,
        maxConcurrency: 2,
        checkpointFrequency: 100,
        timeoutMinutes: null,
        maxFailureRate: 1,
        validate: true,
        approveAs: 'Marta Lindqvist',
      }),
    async close() {
      await engine.close();
      await Promise.all([source.end(), target.end()]);
    },
  };
}
