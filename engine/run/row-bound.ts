/**
 * Keeps a run within the rows that a person approved. Before a level begins, its rows are counted exactly; if they would
 * go beyond, the run takes a further approval that covers them, or pauses with nothing of the level begun.
 */
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import { planHash } from '../plan/plan-hash.ts';
import { countOf, formatCount } from '../report/words.ts';
import { wordsInTarget } from './approval-effects/in-target.ts';
import { targetFingerprint } from './approval-effects/structures.ts';
import { isApprovalRefusal } from './approvals.ts';
import { MIGRATE_ACTION } from './approve-run.ts';
import { recordUse } from './record-approval.ts';
import type { RunContext } from './run-context.ts';

export interface Reach {
  readonly level: number;
  /** Rows of all levels up to and with this one. */
  readonly counted: number;
  /** Estimated rows of the levels behind it. */
  readonly rest: number;
}

/** Null: covered. Otherwise APPROVAL_EXCEEDED. */
export async function findOverreach(context: RunContext, reach: Reach): Promise<MigrationError | null> {
  const approved = await approvedRows(context.control, context.runId);
  if (approved === null || reach.counted <= approved) return null;
  try {
    await useFurther(context, reach.counted);
    return null;
  } catch (error) {
    if (isApprovalRefusal(error)) return exceeded(context, reach, approved, error);
    throw error;
  }
}

/** The most that any approval it used allows; null: any number. */
async function approvedRows(control: Control, runId: string): Promise<number | null> {
  const used = (await control.approvals.list({ runId })).filter(({ action }) => action === MIGRATE_ACTION);
  const bounds = used.map(({ maxRows }) => maxRows);
  return bounds.includes(null) ? null : Math.max(0, ...bounds.map((bound) => bound ?? 0));
}

async function useFurther(context: RunContext, rows: number): Promise<void> {
  const { plan, runId } = context;
  await recordUse(context, {
    action: MIGRATE_ACTION,
    planHash: planHash(plan),
    rows,
    sourceFingerprint: plan.source.fingerprint,
    targetFingerprint: await targetFingerprint(context.target, plan),
    runId,
  });
}

async function exceeded(
  { control, plan, runId }: RunContext,
  { level, counted, rest }: Reach,
  approved: number,
  refusal: MigrationError,
): Promise<MigrationError> {
  const further = refusal.code === 'APPROVAL_USED' ? '' : ` ${refusal.message}`;
  return new MigrationError({
    code: 'APPROVAL_EXCEEDED',
    message: `With level ${level} the run would bring ${countOf(counted, 'row')}; ${formatCount(approved)} were approved.${further} ${await wordsInTarget(control, plan.migration)} Nothing of level ${level} was begun.`,
    hint: `Find out why there are more than planned. Then approve the larger number with towpath approve, and go on with: towpath resume ${runId}. Or undo: towpath rollback ${runId} --preview`,
    details: { runId, level, counted, rest, approved, refusal: refusal.code },
  });
}
