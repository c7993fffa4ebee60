/**
 * Loads entities level by level. A level begins only when the one before has been checked: every row accounted for,
 * keys and references in place, not too many rows set aside (check-gate.ts); and only when its rows are within what was
 * approved (row-bound.ts). An entity that fails is held, and so is what points at it (held-entities.ts); the others of its
 * level and of later ones go on.
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
import { failEntity } from './fail-entity.ts';
import type { WaitingEntity } from './held-entities.ts';
import { findOverreach } from './row-bound.ts';
import type { RunContext } from './run-context.ts';
import { settleLevel } from './settle-level.ts';
import { steadily, workingOn } from './steadily.ts';
import type { StopReason } from './watch-requests.ts';

export type LoadOutcome =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'exceeded'; readonly error: MigrationError }
  /** All is in but for what is held, each with its error, and what waits for it. */
  | {
      readonly kind: 'held';
      readonly broken: ReadonlyMap<string, MigrationError>;
      readonly waiting: readonly WaitingEntity[];
    }
  | { readonly kind: 'gate-closed'; readonly level: number; readonly findings: readonly Finding[] };

/** Loads the named entities, given in the order of their levels. */
export async function loadEntities(context: RunContext, names: readonly string[]): Promise<LoadOutcome> {
  const { plan, held } = context;
  const levelOf = (name: string) => entityOf(plan, name).level;
  const free = (name: string) => !held.has(name);
  const levels = [...new Set(names.map(levelOf))].sort((a, b) => a - b);
  const ofRun = <T>(step: string, work: () => Promise<T>) => steadily(context, { step, entity: null }, work);
  let counted = 0;
  for (const level of levels) {
    await ofRun('lock', () => context.checkLock());
    const counts = await countLevel(
      context,
      names.filter((name) => levelOf(name) === level && free(name)),
    );
    if (counts.length === 0) continue;
    counted += counts.reduce((sum, { rows }) => sum + rows, 0);
    const later = names.filter((name) => levelOf(name) > level && free(name));
    const rest = later.reduce((sum, name) => sum + entityOf(plan, name).estimatedRows, 0);
    const error = await ofRun('approval', () => findOverreach(context, { level, counted, rest }));
    if (error) return { kind: 'exceeded', error };
    if (!(await runLevel(context, level, counts))) return { kind: 'stopped', reason: context.stopReason()! };
    const isIn = counts.map(({ name }) => name).filter(free);
    if (isIn.length === 0) continue;
    const findings = await ofRun('gate', () => checkGate(context, level, isIn));
    if (findings.length > 0) return { kind: 'gate-closed', level, findings };
    await context.failpoints.hit('level.passed');
  }
  if (held.broken.size > 0) return { kind: 'held', broken: held.broken, waiting: held.waiting() };
  return { kind: 'loaded' };
}

interface Counted {
  readonly name: string;
  readonly load: EntityLoad;
  /** Exactly, on the run's snapshot. */
  readonly rows: number;
}

/** Looks at the source only. Those that cannot be looked at are held. */
async function countLevel(context: RunContext, names: readonly string[]): Promise<Counted[]> {
  const counts: Counted[] = [];
  for (const name of names) {
    const counted = await workingOn(context, name, 'count', async () => {
      const load = await context.prepared.prepare(name);
      return { name, load, rows: await expectedRows(context, load) };
    });
    if ('value' in counted) counts.push(counted.value);
  }
  return counts;
}

/** False where it was asked to stop before all were in. */
async function runLevel(context: RunContext, level: number, counts: readonly Counted[]): Promise<boolean> {
  const { held, finisher, failpoints } = context;
  const entries: LevelLoad[] = [];
  for (const entity of counts) {
    if (held.has(entity.name)) continue;
    const begun = await workingOn(context, entity.name, 'begin', () => begin(context, level, entity), 'once');
    if ('value' in begun) entries.push(begun.value);
  }
  if (!(await loadBegun(context, entries))) return false;
  const isIn = () => entries.map(({ load }) => load).filter((load) => !held.has(nameOf(load)));
  await settleLevel(context, isIn().map(nameOf));
  await failpoints.hit('level.settled');
  for (const load of isIn())
    await workingOn(context, nameOf(load), 'constraints', () => finisher.constraints(load), 'once');
  for (const load of isIn()) {
    const closed = await workingOn(context, nameOf(load), 'complete', () => completeEntity(context, load));
    if ('value' in closed) held.done(nameOf(load));
  }
  await Promise.all(counts.map(({ name }) => context.restCode(name)));
  return true;
}

function loadBegun(context: RunContext, entries: readonly LevelLoad[]): Promise<boolean> {
  const { control, clock, events, failpoints, recovery, watch, held } = context;
  return loadLevel(entries, {
    control,
    clock,
    events,
    failpoints,
    recovery,
    watch,
    lanes: context.maxConcurrency,
    openLane: () => context.lanes.open(),
    closeLane: (lane, error) => context.lanes.close(lane, error),
    stopRequested: () => context.stopReason() !== null,
    signal: context.signal,
    onLoaded: (load) => context.finisher.indexes(load),
    onCommitted: () => context.summarize(),
    onFailed: (load, error) => failEntity(context, nameOf(load), error),
    endsRun: (error, entity) => context.endsRun(error, entity),
    isHeld: (entity) => held.has(entity),
    planning: (entity, work) => steadily(context, { step: 'plan', entity }, work),
  });
}

/** Makes the entity's table and finds out what is left to do. */
async function begin(context: RunContext, level: number, { name, load, rows }: Counted): Promise<LevelLoad> {
  const { control, runId, events, prepared } = context;
  await context.finisher.create(load);
  await context.failpoints.hit('table.created');
  return steadily(context, { step: 'begin', entity: name }, async () => {
    await control.entities.start({
      runId,
      entity: name,
      expectedRows: rows,
      excludedRows: prepared.excludedRows(name),
    });
    const begun = await levelLoad(context, load);
    events.publish({ type: 'entity.started', runId, entity: name, level, rowsTotal: rows });
    return begun;
  });
}

async function levelLoad(context: RunContext, load: EntityLoad): Promise<LevelLoad> {
  const { control, runId } = context;
  const entity = nameOf(load);
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

function nameOf({ compiled }: EntityLoad): string {
  return compiled.plan.name;
}
