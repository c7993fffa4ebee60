/**
 * The one transaction of a retry: see retry-rows.ts. What PostgreSQL refuses ends it; then those rows are found out, and it
 * is done again without them and without what points to them. Ends, because each round takes rows away.
 */
import type { RetryOptions } from '../../contract/quarantine.ts';
import type { StoredApproval } from '../../control/approval.ts';
import type { Run } from '../../control/run-store.ts';
import { misfitShape } from '../../copy/misfit-shape.ts';
import { sourceRowsSql } from '../../copy/source-query.sql.ts';
import { classify } from '../../db/sqlstate.ts';
import { createsTable } from '../../plan/creates-table.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { advanceSequences } from '../advance-sequences.ts';
import { cardToKeep } from '../approval-card.ts';
import { RETRY_ACTION, retryEffect, subjectOf } from '../approval-effects/retry-quarantine.ts';
import { targetFingerprint } from '../approval-effects/structures.ts';
import { isApprovalRefusal } from '../approvals.ts';
import { auditUse, recordGrant, tellUse } from '../record-approval.ts';
import type { RunDependencies } from '../run-dependencies.ts';
import { danglingRejects } from './dangling-rejects.ts';
import type { FittingRows } from './find-fitting.ts';
import { findRefused } from './find-refused.ts';
import { followChecks } from './follow-checks.ts';
import { noteRetried } from './note-retried.ts';
import type { RetryPlace } from './open-place.ts';
import { findLostLinks, relink } from './relink.ts';
import { countFitting } from './same-record.ts';
import { withoutRefused } from './without-refused.ts';
import { writeRows } from './write-rows.ts';

export interface Settlement {
  readonly run: Run;
  readonly old: PlanFile;
  readonly now: PlanFile;
  readonly found: readonly FittingRows[];
  readonly options: RetryOptions;
  /** Everything of the run is in, so it is to be compared again. */
  readonly loaded: boolean;
}

export interface Settled {
  readonly found: readonly FittingRows[];
  /** Entity → rows moved earlier that got a link back. */
  readonly relinked: ReadonlyMap<string, number>;
  /** False where no row could be moved or settled: then nothing was written, and no approval was used. */
  readonly wrote: boolean;
}

const ONE_CLICK_SECONDS = 600;

/** Throws what using an approval throws. */
export async function settleHeld(
  deps: RunDependencies,
  place: RetryPlace,
  settlement: Settlement,
): Promise<Settled> {
  let approved = settlement.options.approveAs === null;
  for (let { found } = settlement; ; ) {
    if (found.every(({ fits, gone, leftOut }) => fits.size + gone.length + leftOut.length === 0))
      return { found, relinked: new Map(), wrote: false };
    if (!approved) await approveAtOnce(deps, settlement);
    approved = true;
    const attempt = await attemptOnce(deps, place, { ...settlement, found });
    if (attempt.kind === 'committed') return { found, relinked: attempt.relinked, wrote: true };
    const refused = attempt.refused ?? (await findRefused(found, place, settlement));
    if (refused.size === 0) throw attempt.cause;
    found = await withoutRefused(found, refused, place);
  }
}

type Attempt =
  | { readonly kind: 'committed'; readonly relinked: ReadonlyMap<string, number> }
  | {
      readonly kind: 'refused';
      readonly cause: unknown;
      readonly refused: Awaited<ReturnType<typeof findRefused>> | null;
    };

async function attemptOnce(
  deps: RunDependencies,
  place: RetryPlace,
  settlement: Settlement,
): Promise<Attempt> {
  const { control, failpoints } = deps;
  const { source, target } = place;
  const { run, now, found } = settlement;
  const { runId } = run;
  await control.artifacts.put({
    hash: planHash(now),
    kind: 'plan',
    content: now,
    parentHash: now.source.fingerprint,
  });
  let approval: StoredApproval;
  let relinked: Map<string, number>;
  await target.query('begin');
  try {
    const links = await findLostLinks(now, runId, found, target);
    const rows = countRows(found) + links.reduce((sum, { keys }) => sum + keys.length, 0);
    approval = await useApproval(deps, place, settlement, rows);
    await followChecks(settlement, target);
    await writeRows(found, { control, source, target, runId });
    await failpoints.hit('retry.rows-written');
    const dangling = await danglingRejects(found, target);
    if (dangling.size > 0) {
      await target.query('rollback');
      return { kind: 'refused', cause: null, refused: dangling };
    }
    const linked = await relink(links, place, { control, source, target });
    relinked = new Map([...linked].map(([entity, keys]) => [entity, keys.length]));
    await noteRetried(control, target, { ...settlement, linked, approvalId: approval.id });
    await settleOthers(deps, place, settlement);
    await countAgain(deps, place, settlement, relinked);
    await control.runs.follow(runId, planHash(now), target);
    if (settlement.loaded) await control.runs.move(runId, 'validating', { on: target });
    await auditUse(deps, target, approval);
    await control.audit.add({ actor: approval.approver, ...auditEntry(settlement, relinked) }, target);
    await failpoints.hit('retry.before-commit');
    await target.query('commit');
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    if (isApprovalRefusal(error)) {
      deps.events.publish({ type: 'approval.refused', runId, action: RETRY_ACTION, reason: error.code });
      throw error;
    }
    if (!(error instanceof Error) || classify(error).severity !== 'minor') throw target.explain(error);
    return { kind: 'refused', cause: error, refused: null };
  }
  await failpoints.hit('retry.after-commit');
  tellUse(deps, approval);
  return { kind: 'committed', relinked };
}

function countRows(found: readonly FittingRows[]): number {
  return found.reduce((sum, { fits }) => sum + fits.size, 0);
}

async function useApproval(
  { control, target }: RunDependencies,
  place: RetryPlace,
  { run, now, options }: Settlement,
  rows: number,
): Promise<StoredApproval> {
  return control.approvals.use(
    {
      action: RETRY_ACTION,
      planHash: planHash(now),
      subject: subjectOf(options.cards),
      rows,
      sourceFingerprint: now.source.fingerprint,
      targetFingerprint: await targetFingerprint(target, now),
      runId: run.runId,
    },
    place.target,
  );
}

async function approveAtOnce(deps: RunDependencies, { run, old, now, options }: Settlement): Promise<void> {
  const { cards, approveAs } = options;
  const wish = { run, old, plan: now, cards, sourceFingerprint: now.source.fingerprint };
  const effect = await retryEffect(deps, wish);
  const consent = { by: approveAs!, reason: 'approved with --yes', validSeconds: ONE_CLICK_SECONDS };
  await recordGrant(deps, effect, consent, { card: cardToKeep(effect) });
}

/** Rows that the source or the filter has no more, and those that are held for another reason now. */
async function settleOthers(
  { control }: RunDependencies,
  { source, target }: RetryPlace,
  { run: { runId }, found }: Settlement,
): Promise<void> {
  for (const { load, held, gone, leftOut, rejects } of found) {
    const entity = held.entity;
    await control.quarantine.release(target, { runId, entity, legacyIds: gone, state: 'gone' });
    await control.quarantine.release(target, { runId, entity, legacyIds: leftOut, state: 'left-out' });
    const batchIds = [...gone, ...leftOut].map((key) => held.rows.get(key)!.batchId);
    if (batchIds.length > 0)
      await control.quarantine.uncount(target, { runId, entity, batchIds, leftOut: leftOut.length });
    if (rejects.length === 0) continue;
    const keys = rejects.map(({ key }) => key);
    const rows = await source.query<{ key: string; row: unknown }>(sourceRowsSql(load.compiled), [keys]);
    const byKey = new Map(rows.map(({ key, row }) => [key, row]));
    await control.quarantine.amend(
      target,
      rejects.map(({ key, misfit, sqlstate, constraint = null }) => ({
        runId,
        entity,
        legacyId: key,
        reason: misfit.reason,
        sqlstate,
        constraint,
        column: misfit.column || null,
        shape: misfitShape(load.compiled.plan, misfit.column, byKey.get(key)),
        message: misfit.message,
        sourceRow: byKey.get(key) ?? null,
      })),
    );
  }
}

/** Entities that were counted already have other counts now. */
async function countAgain(
  { control }: RunDependencies,
  { target, prepared }: RetryPlace,
  { run: { runId }, now, found }: Settlement,
  relinked: ReadonlyMap<string, number>,
): Promise<void> {
  const names = new Set([...found.map(({ held }) => held.entity), ...relinked.keys()]);
  const states = new Map((await control.entities.list(runId)).map(({ entity, state }) => [entity, state]));
  for (const entity of names) {
    const load = await prepared.prepare(entity);
    if (!createsTable(now, load.compiled.plan)) await advanceSequences(load, target);
    if (states.get(entity) === 'completed')
      await control.entities.complete({ runId, entity, entityNo: load.entityNo }, target);
  }
}

function auditEntry(
  { run, now, found, options }: Settlement,
  relinked: ReadonlyMap<string, number>,
): { readonly action: string; readonly details: Readonly<Record<string, unknown>> } {
  return {
    action: 'quarantine.retry',
    details: {
      runId: run.runId,
      planBefore: run.planHash,
      planHash: planHash(now),
      cards: subjectOf(options.cards),
      entities: found.map(({ held, fits, duplicates, rejects, gone, leftOut }) => ({
        entity: held.entity,
        ...countFitting({ fits, duplicates }),
        stillHeld: rejects.length,
        gone: gone.length,
        leftOut: leftOut.length,
      })),
      relinked: Object.fromEntries(relinked),
    },
  };
}
