/** The moves of the sample, one after the other, each from nothing: undisturbed, or under faults. */
import type { MigrateOptions } from '../../contract/run.ts';
import type { ValidationReport } from '../../contract/validation.ts';
import type { Control } from '../../control/control.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Database } from '../../db/database.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { createDisturbance, type Disturbance } from './disturbance.ts';
import { openDisturbed } from './disturbed-connections.ts';
import {
  type MoveDependencies,
  type MoveOutcome,
  type MoveProblem,
  makeMove,
  type OpenMovingEngine,
} from './disturbed-move.ts';
import type { DrawnFault, Passings } from './draw-faults.ts';
import type { ScratchGround } from './scratch-ground.ts';

export interface UnderFaultsDependencies {
  readonly source: Database;
  readonly target: Database;
  /** The real one: only its lock is taken. */
  readonly control: Pick<Control, 'lock'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly open: OpenMovingEngine;
  /** A process of a move that says nothing for longer hangs; default a minute, or thirty times an undisturbed move. */
  readonly patienceMilliseconds?: number;
}

/** Batches of the largest kind of record, so that something can happen between them. */
const BATCHES = 8;
const [SMALLEST_BATCH, LARGEST_BATCH] = [5, 500];
const LEAST_PATIENCE_MILLISECONDS = 60_000;

export interface Course {
  /** Undisturbed; it takes the place of the move before. */
  calm(): Promise<{ readonly passings: Passings; readonly problem: MoveProblem | null }>;
  disturbed(
    faults: readonly DrawnFault[],
  ): Promise<{ readonly disturbance: Disturbance; readonly outcome: MoveOutcome }>;
  /** Of the move that is there. */
  validate(entities: readonly string[]): Promise<ValidationReport['overallStatus']>;
}

export function createCourse(
  deps: UnderFaultsDependencies,
  ground: ScratchGround,
  plan: PlanFile,
  settings: MigrateOptions,
): Course {
  const { clock, source, target, open } = deps;
  const encrypted = {
    source: source.config.ssl.mode !== 'disable',
    target: target.config.ssl.mode !== 'disable',
  };
  const largest = Math.max(...plan.entities.map(({ estimatedRows }) => estimatedRows));
  const batchSize = Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.ceil(largest / BATCHES)));
  let slowest = 0;

  async function move(faults: readonly DrawnFault[]) {
    await ground.clear();
    const disturbance = createDisturbance(faults, { clock, encrypted });
    const began = clock.monotonic();
    const moving: MoveDependencies = {
      ledger: ground.ledger,
      ...{ clock, open },
      connect: () => openDisturbed({ ...deps, rename: ground.rename }),
      patienceMilliseconds: deps.patienceMilliseconds ?? Math.max(LEAST_PATIENCE_MILLISECONDS, slowest * 30),
      options: { ...settings, batchSize },
    };
    const outcome = await makeMove(moving, plan, disturbance);
    if (faults.length === 0) slowest = Math.max(slowest, clock.monotonic() - began);
    return { disturbance, outcome };
  }

  return {
    disturbed: move,
    async calm() {
      const { outcome, disturbance } = await move([]);
      return { passings: disturbance.passings, problem: outcome.problem };
    },
    async validate(entities) {
      const run = await ground.ledger.runs.current(plan.migration);
      const engine = open({ source, target: ground.database, failpoints: { hit() {} }, clock });
      return (await engine.validate(run!.runId, entities)).overallStatus;
    },
  };
}
