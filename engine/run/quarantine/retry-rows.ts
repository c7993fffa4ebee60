/**
 * Moves rows that were set aside, by an edited plan or as the source has them now.
 *
 * Promise: rows, pairs, what becomes of each held row, the run's counts, the plan that the run follows, the approval and
 * the audit log's entry commit together or not at all: killed at any moment, it has happened or it has not, and doing it
 * again finds nothing left to do. Afterwards the target is what a move under this plan would have left, as far as rows
 * that are still set aside allow; rows moved earlier are looked at before (refuse-changed-rows.ts) and stay as they are.
 * Works under the lock of the run. A run that is loaded is compared again, since what was said of it was said without
 * these rows; one that waits at a gate goes on with resume.
 */
import type { RetryOptions, RetryReport } from '../../contract/quarantine.ts';
import type { RunState } from '../../control/run-states.ts';
import type { Run } from '../../control/run-store.ts';
import { MigrationError } from '../../core/errors.ts';
import { refuseOpenQuestions } from '../../plan/open-questions.ts';
import { type PlanFile, planFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { refuseInvalid } from '../../plan/refuse-invalid.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { refuseWithoutSandbox, refuseWrongCode } from '../code-at-hand.ts';
import { refuseTargetDrift } from '../look-at-target.ts';
import { refusePoolers } from '../refuse-pooler.ts';
import type { RunDependencies } from '../run-dependencies.ts';
import { keepCatalog, readUnchangedSource } from '../unchanged-source.ts';
import { type FittingRows, findFitting } from './find-fitting.ts';
import { findFollowing } from './find-following.ts';
import { openPlace } from './open-place.ts';
import { refuseOtherTables } from './plan-fits-run.ts';
import { refuseChangedRows } from './refuse-changed-rows.ts';
import { countFitting } from './same-record.ts';
import { type Settled, settleHeld } from './settle-held.ts';
import { stillHeldOf } from './still-held.ts';

/** The run has rows of its own in the target, and nobody is taking them out. */
const POSSIBLE: readonly RunState[] = ['copying', 'paused', 'failed', 'copied', 'validating', 'completed'];
const LOADED: readonly RunState[] = ['copied', 'validating', 'completed'];

export async function retryRows(
  deps: RunDependencies,
  known: Run,
  options: RetryOptions,
): Promise<RetryReport> {
  const { control } = deps;
  await refusePoolers([deps.source, deps.target]);
  await control.ensure();
  const lock = await control.lock.acquire(known.runId);
  try {
    const run = await control.runs.get(known.runId);
    refuseState(run);
    const old = planFile.parse((await control.artifacts.get(run.planHash)).content);
    const now = options.plan ?? old;
    const catalog = await refusePlan(deps, old, now);
    const { found, settled } = await move(deps, { run, old, now, catalog }, options);
    return await conclude(deps, { run, now, catalog, found, settled }, options);
  } finally {
    await lock.release();
  }
}

interface Work {
  readonly run: Run;
  readonly old: PlanFile;
  readonly now: PlanFile;
  readonly catalog: Catalog;
}

async function refusePlan(deps: RunDependencies, old: PlanFile, now: PlanFile): Promise<Catalog> {
  refuseOpenQuestions(now);
  const other = refuseOtherTables(old, now);
  if (other) throw other;
  await refuseWithoutSandbox(deps.code, now);
  const catalog = await readUnchangedSource(deps, now);
  await refuseTargetDrift(deps.target, now);
  refuseInvalid(now, catalog);
  await refuseWrongCode(deps.code, now, catalog);
  await keepCatalog(deps, catalog);
  return catalog;
}

async function move(
  deps: RunDependencies,
  { run, old, now, catalog }: Work,
  options: RetryOptions,
): Promise<{ found: readonly FittingRows[]; settled: Settled }> {
  const { runId } = run;
  const { cards } = options;
  const place = await openPlace(deps, { runId, plan: now, catalog, cards, readOnly: false });
  try {
    const changed = await refuseChangedRows(deps, place, { runId, old, now, catalog });
    if (changed) throw changed;
    const found = await findFitting(place, catalog, deps.control);
    const loaded = LOADED.includes(run.state);
    const settled = await settleHeld(deps, place, { run, old, now, found, options, loaded });
    return { found: settled.found, settled };
  } finally {
    await place.close();
  }
}

interface Conclusion {
  readonly run: Run;
  readonly now: PlanFile;
  readonly catalog: Catalog;
  readonly found: readonly FittingRows[];
  readonly settled: Settled;
}

async function conclude(
  deps: RunDependencies,
  { run, now, catalog, found, settled }: Conclusion,
  { validate, signal }: RetryOptions,
): Promise<RetryReport> {
  const { control, events } = deps;
  const { runId } = run;
  const counts = entityCounts(found, settled);
  const sum = (of: (entity: RetryReport['entities'][number]) => number) =>
    counts.reduce((total, entity) => total + of(entity), 0);
  const rows = found.reduce((total, { held }) => total + held.rows.size, 0);
  const report = {
    runId,
    planHash: settled.wrote ? planHash(now) : run.planHash,
    rows,
    entities: counts,
    stillHeld: stillHeldOf(found),
    canFollow: settled.wrote ? await findFollowing(now, runId, found, control) : [],
  };
  if (settled.wrote)
    events.publish({
      type: 'quarantine.retried',
      runId,
      rows,
      moved: sum(({ moved }) => moved),
      stillHeld: sum(({ stillHeld }) => stillHeld),
    });
  const { state } = await control.runs.get(runId);
  if (state !== 'validating') return { ...report, validation: null, runState: state };
  const entities = (await control.entities.list(runId))
    .filter((entity) => entity.state === 'completed')
    .map(({ entity }) => entity);
  const validation = validate
    ? (await deps.validate({ runId, plan: now, catalog, entities, signal })).overallStatus
    : null;
  const after = await control.runs.move(runId, validation === 'verified' ? 'completed' : 'copied');
  return { ...report, validation, runState: after.state };
}

function entityCounts(found: readonly FittingRows[], settled: Settled): RetryReport['entities'] {
  const names = new Set([...found.map(({ held }) => held.entity), ...settled.relinked.keys()]);
  return [...names].map((entity) => {
    const rows = found.find(({ held }) => held.entity === entity);
    return {
      entity,
      ...(rows ? countFitting(rows) : { moved: 0, duplicates: 0 }),
      repaired: new Set(rows?.repairs.filter(({ key }) => rows.fits.has(key)).map(({ key }) => key)).size,
      stillHeld: rows?.rejects.length ?? 0,
      leftOut: rows?.leftOut.length ?? 0,
      gone: rows?.gone.length ?? 0,
      changedSince: rows?.changed ?? 0,
      relinked: settled.relinked.get(entity) ?? 0,
    };
  });
}

function refuseState({ runId, state }: Run): void {
  if (POSSIBLE.includes(state)) return;
  throw new MigrationError({
    code: 'RUN_CANNOT_RETRY',
    message: `Run ${runId} is ${state.replace('-', ' ')}, so rows that it set aside cannot be moved by it.`,
    hint: `Nothing was changed. See where it stands: towpath status ${runId}`,
    details: { runId, currentState: state },
  });
}
