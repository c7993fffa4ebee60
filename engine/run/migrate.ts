/**
 * A run: loads the chosen entities level by level, each level gated by its checks.
 *
 * State machine of a run (kept in migration_control, moved by engine/control/run-store.ts):
 *   approved → copying           a process holds the lock and moves batches
 *   copying → paused             asked to (pause, Ctrl-C, timeout), batches in hand finished
 *   paused | failed → copying    resume: committed batches stay, begun ones are repeated
 *   copying → copied             all levels loaded and their gates passed
 *   copied → validating → completed
 *   copying → failed             a critical error, or a gate that did not open
 *   copying | paused → cancelled asked to; what was moved stays until it is rolled back
 * A process that dies leaves `copying` behind: nobody holds the lock then, and resume may take over.
 */
import type { Control } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import { MigrationError } from '../core/errors.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Finding } from '../core/findings.ts';
import type { Log } from '../core/log.ts';
import type { EntityLoad } from '../copy/entity-load.ts';
import { loadLevel, type LevelLoad } from '../copy/load-level.ts';
import { createPace } from '../copy/pace.ts';
import { entityOf, type PreparedEntities } from '../copy/prepare.ts';
import { createRangePlanner } from '../copy/range-planner.ts';
import { settleReferences } from '../copy/settle.ts';
import type { Session } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { checkGate } from './gate.ts';
import type { Lanes } from './lanes.ts';
import type { TableFinisher } from './finish-tables.ts';

export interface RunContext {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly control: Control;
  readonly prepared: PreparedEntities;
  readonly lanes: Lanes;
  readonly finisher: TableFinisher;
  /** For counting, planning ranges and the second pass; on the run's snapshot. */
  readonly source: Session;
  readonly target: Session;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventPublisher;
  readonly failpoints: Failpoints;
  readonly batchSize: number | null;
  readonly maxConcurrency: number;
  readonly maxAttempts: number;
  readonly maxFailureRate: number | null;
  stopRequested(): boolean;
}

export type LoadOutcome =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'gate-closed'; readonly level: number; readonly findings: readonly Finding[] };

/** Loads the named entities, given in the order of their levels. */
export async function loadEntities(context: RunContext, names: readonly string[]): Promise<LoadOutcome> {
  const { plan } = context;
  const levels = [...new Set(names.map((name) => entityOf(plan, name).level))].sort((a, b) => a - b);
  for (const level of levels) {
    const ofLevel = names.filter((name) => entityOf(plan, name).level === level);
    if (!(await runLevel(context, level, ofLevel))) return { kind: 'stopped' };
    const findings = await checkGate(context, ofLevel);
    if (findings.length > 0) return { kind: 'gate-closed', level, findings };
    await context.failpoints.hit('level.passed');
  }
  return { kind: 'loaded' };
}

async function runLevel(context: RunContext, level: number, names: readonly string[]): Promise<boolean> {
  const { control, runId, events } = context;
  const entries: LevelLoad[] = [];
  for (const name of names) {
    const load = await context.prepared.prepare(name);
    await context.finisher.create(load);
    entries.push(await levelLoad(context, load));
    await control.entities.start({ runId, entity: name, expectedRows: load.expectedRows, excludedRows: context.prepared.excludedRows(name) });
    events.publish({ type: 'entity.started', runId, entity: name, level, rowsTotal: load.expectedRows });
  }
  const loaded = await loadLevel(entries, {
    control,
    clock: context.clock,
    log: context.log,
    events,
    failpoints: context.failpoints,
    lanes: context.maxConcurrency,
    maxAttempts: context.maxAttempts,
    openLane: () => context.lanes.open(),
    closeLane: (lane, error) => context.lanes.close(lane, error),
    stopRequested: () => context.stopRequested(),
    onLoaded: (load) => context.finisher.indexes(load),
  });
  if (!loaded) return false;
  await settleReferences(context.prepared.loads, { source: context.source, target: context.target }, control);
  await context.failpoints.hit('level.settled');
  for (const name of names) await context.finisher.constraints(context.prepared.loads.get(name)!);
  for (const name of names) await completeEntity(context, context.prepared.loads.get(name)!);
  return true;
}

async function levelLoad(context: RunContext, load: EntityLoad): Promise<LevelLoad> {
  const { control, runId } = context;
  const entity = load.compiled.plan.name;
  const frontier = await control.batches.frontier(runId, entity);
  const totals = await control.batches.totals(runId, entity);
  return {
    load,
    planner: createRangePlanner(load.compiled, context.source, frontier),
    pace: createPace(context.batchSize),
    unfinished: await control.batches.unfinished(runId, entity),
    rowsBefore: totals.rowsRead,
  };
}

async function completeEntity(context: RunContext, load: EntityLoad): Promise<void> {
  const { control, runId, events } = context;
  const entity = load.compiled.plan.name;
  const counts = await control.entities.complete({ runId, entity, entityNo: load.entityNo });
  if (counts.rowsRead !== counts.rowsWritten + counts.rowsQuarantined) {
    throw new MigrationError({
      code: 'LEDGER_MISMATCH',
      message: `${entity}: ${counts.rowsRead} rows were read, but ${counts.rowsWritten} written and ${counts.rowsQuarantined} set aside.`,
      hint: `Do not use the target. Run “towpath validate --entities ${entity}”, and report this.`,
      severity: 'critical',
    });
  }
  events.publish({ type: 'entity.completed', runId, entity, ...counts });
}
