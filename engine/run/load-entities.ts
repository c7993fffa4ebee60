/**
 * Loads entities level by level. A level begins only when the one before has been checked: every row accounted for,
 * keys and references in place, not too many rows set aside (check-gate.ts); and only when its rows are within what was
 * approved (row-bound.ts).
 */

import type { EntityLoad } from '../copy/entity-load.ts';
import { type LevelLoad, loadLevel } from '../copy/load-level.ts';
import { createPace } from '../copy/pace.ts';
import { entityOf } from '../copy/prepare.ts';
import { createRangePlanner } from '../copy/range-planner.ts';
import type { MigrationError } from '../core/errors.ts';
import type { Finding } from '../core/findings.ts';
import { checkGate } from './check-gate.ts';
import { completeEntity } from './complete-entity.ts';
import { expectedRows } from './expected-rows.ts';
import { failEntity, workingOn } from './fail-entity.ts';
import { findOverreach } from './row-bound.ts';
import type { RunContext } from './run-context.ts';
import { settleLevel } from './settle-level.ts';
import type { StopReason } from './watch-requests.ts';

export type LoadOutcome =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'exceeded'; readonly error: MigrationError }
  /** All is in but for what the source’s changes hold back. */
  | { readonly kind: 'drifted'; readonly error: MigrationError }
  | { readonly kind: 'gate-closed'; readonly level: number; readonly findings: readonly Finding[] };

/** Loads the named entities, given in the order of their levels. */
export async function loadEntities(context: RunContext, names: readonly string[]): Promise<LoadOutcome> {
  const { plan } = context;
  const levels = [...new Set(names.map((name) => entityOf(plan, name).level))].sort((a, b) => a - b);
  const levelOf = (name: string) => entityOf(plan, name).level;
  let counted = 0;
  for (const level of levels) {
    await context.checkLock();
    const ofLevel = names.filter((name) => levelOf(name) === level);
    const counts = await countLevel(context, ofLevel);
    counted += counts.reduce((sum, { rows }) => sum + rows, 0);
    const later = names.filter((name) => levelOf(name) > level);
    const rest = later.reduce((sum, name) => sum + entityOf(plan, name).estimatedRows, 0);
    const error = await findOverreach(context, { level, counted, rest });
    if (error) return { kind: 'exceeded', error };
    if (!(await runLevel(context, level, counts))) return { kind: 'stopped', reason: context.stopReason()! };
    const findings = await checkGate(context, level, ofLevel);
    if (findings.length > 0) return { kind: 'gate-closed', level, findings };
    await context.failpoints.hit('level.passed');
  }
  return { kind: 'loaded' };
}

interface Counted {
  readonly name: string;
  readonly load: EntityLoad;
  /** Exactly, on the run's snapshot. */
  readonly rows: number;
}

/** Looks at the source only. */
async function countLevel(context: RunContext, names: readonly string[]): Promise<Counted[]> {
  const counts: Counted[] = [];
  for (const name of names) {
    counts.push(
      await workingOn(context, name, async () => {
        const load = await context.prepared.prepare(name);
        return { name, load, rows: await expectedRows(context, load) };
      }),
    );
  }
  return counts;
}

async function runLevel(context: RunContext, level: number, counts: readonly Counted[]): Promise<boolean> {
  const { control, failpoints } = context;
  const names = counts.map(({ name }) => name);
  const entries: LevelLoad[] = [];
  for (const entity of counts)
    entries.push(await workingOn(context, entity.name, () => begin(context, level, entity)));
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
  const loads = counts.map(({ load }) => load);
  for (const load of loads)
    await workingOn(context, load.compiled.plan.name, () => context.finisher.constraints(load));
  for (const load of loads)
    await workingOn(context, load.compiled.plan.name, () => completeEntity(context, load));
  await Promise.all(names.map((name) => context.restCode(name)));
  return true;
}

/** Makes the entity's table and finds out what is left to do. */
async function begin(context: RunContext, level: number, { name, load, rows }: Counted): Promise<LevelLoad> {
  const { control, runId, events, prepared } = context;
  await context.finisher.create(load);
  await context.failpoints.hit('table.created');
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
