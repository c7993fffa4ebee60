/**
 * Loads entities level by level. A level begins only when the one before has been checked: every row accounted for,
 * keys and references in place, not too many rows set aside (check-gate.ts).
 */

import type { EntityLoad } from '../copy/entity-load.ts';
import { type LevelLoad, loadLevel } from '../copy/load-level.ts';
import { createPace } from '../copy/pace.ts';
import { entityOf } from '../copy/prepare.ts';
import { createRangePlanner } from '../copy/range-planner.ts';
import type { Finding } from '../core/findings.ts';
import { checkGate } from './check-gate.ts';
import { completeEntity } from './complete-entity.ts';
import { expectedRows } from './expected-rows.ts';
import { failEntity, workingOn } from './fail-entity.ts';
import type { RunContext } from './run-context.ts';
import { settleLevel } from './settle-level.ts';
import type { StopReason } from './watch-requests.ts';

export type LoadOutcome =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'gate-closed'; readonly level: number; readonly findings: readonly Finding[] };

/** Loads the named entities, given in the order of their levels. */
export async function loadEntities(context: RunContext, names: readonly string[]): Promise<LoadOutcome> {
  const { plan } = context;
  const levels = [...new Set(names.map((name) => entityOf(plan, name).level))].sort((a, b) => a - b);
  for (const level of levels) {
    await context.checkLock();
    const ofLevel = names.filter((name) => entityOf(plan, name).level === level);
    if (!(await runLevel(context, level, ofLevel))) return { kind: 'stopped', reason: context.stopReason()! };
    const findings = await checkGate(context, level, ofLevel);
    if (findings.length > 0) return { kind: 'gate-closed', level, findings };
    await context.failpoints.hit('level.passed');
  }
  return { kind: 'loaded' };
}

async function runLevel(context: RunContext, level: number, names: readonly string[]): Promise<boolean> {
  const { control, failpoints } = context;
  const entries: LevelLoad[] = [];
  for (const name of names) entries.push(await workingOn(context, name, () => begin(context, level, name)));
  const loaded = await loadLevel(entries, {
    control,
    clock: context.clock,
    log: context.log,
    events: context.events,
    failpoints,
    lanes: context.maxConcurrency,
    maxAttempts: context.maxAttempts,
    openLane: () => context.lanes.open(),
    closeLane: (lane, error) => context.lanes.close(lane, error),
    stopRequested: () => context.stopReason() !== null,
    onLoaded: (load) => context.finisher.indexes(load),
    onCommitted: () => context.summarize(),
    onFailed: (load, error) => failEntity(context, load.compiled.plan.name, error),
  });
  if (!loaded) return false;
  await settleLevel(context, names);
  await failpoints.hit('level.settled');
  const loads = names.map((name) => context.prepared.loads.get(name)!);
  for (const load of loads)
    await workingOn(context, load.compiled.plan.name, () => context.finisher.constraints(load));
  for (const load of loads)
    await workingOn(context, load.compiled.plan.name, () => completeEntity(context, load));
  return true;
}

/** Makes the entity's table and finds out what is left to do. */
async function begin(context: RunContext, level: number, name: string): Promise<LevelLoad> {
  const { control, runId, events, prepared } = context;
  const load = await prepared.prepare(name);
  await context.finisher.create(load);
  await context.failpoints.hit('table.created');
  const rows = await expectedRows(context, load);
  await control.entities.start({
    runId,
    entity: name,
    expectedRows: rows,
    excludedRows: prepared.excludedRows(name),
  });
  events.publish({ type: 'entity.started', runId, entity: name, level, rowsTotal: rows });
  return levelLoad(context, load);
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
