/**
 * The gate behind a level: the next begins only when every row of this one is accounted for and not too many were set
 * aside. Uniqueness and references are proved by the keys and constraints that the level's tables got before this.
 *
 * A gate that closed because of set-aside rows opens for an approval of its own: a person accepts, with a reason, so
 * many rows of that entity (action `accept-set-aside:<entity>`). Missing rows no approval opens it for.
 */

import type { EntityProgress } from '../control/entity-store.ts';
import { entityOf } from '../copy/prepare.ts';
import type { Finding } from '../core/findings.ts';
import { planHash } from '../plan/plan-hash.ts';
import { countOf, formatCount } from '../report/words.ts';
import { acceptAction } from './approval-effects/accept-set-aside.ts';
import { targetFingerprint } from './approval-effects/structures.ts';
import { isApprovalRefusal } from './approvals.ts';
import { recordUse } from './record-approval.ts';
import type { RunContext } from './run-context.ts';

/** Findings that keep the gate closed; none opens it. */
export async function checkGate(
  context: RunContext,
  level: number,
  names: readonly string[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let read = 0;
  let aside = 0;
  for (const name of names) {
    const counts = await context.control.entities.counts(context.runId, name);
    read += counts.rowsRead;
    aside += counts.rowsQuarantined;
    findings.push(...countFindings(counts));
    const rate = rateFinding(context, counts);
    if (rate && !(await accepted(context, counts))) findings.push(rate);
  }
  const failureRate = read === 0 ? 0 : aside / read;
  const { events, runId } = context;
  if (findings.length === 0) events.publish({ type: 'gate.passed', runId, level, failureRate });
  else {
    const reason = findings.map((finding) => finding.message).join(' ');
    const maxFailureRate = Math.min(...names.map((name) => allowedRate(context, name)));
    events.publish({
      type: 'gate.closed',
      runId,
      level,
      failureRate,
      maxFailureRate,
      reason,
      proposeRollback: failureRate > 0.05,
    });
  }
  return findings;
}

function countFindings({ entity, expectedRows, rowsRead }: EntityProgress): Finding[] {
  if (rowsRead === expectedRows) return [];
  return [
    {
      kind: 'count',
      severity: 'critical',
      entity,
      check: 'record-count',
      expected: String(expectedRows),
      actual: String(rowsRead),
      message: `${entity}: ${expectedRows} rows were expected, ${rowsRead} were read.`,
    },
  ];
}

function rateFinding(
  context: RunContext,
  { entity, rowsRead, rowsQuarantined }: EntityProgress,
): Finding | null {
  const allowed = allowedRate(context, entity);
  const rate = rowsRead === 0 ? 0 : rowsQuarantined / rowsRead;
  if (rate <= allowed) return null;
  return {
    kind: 'count',
    severity: 'major',
    entity,
    check: 'failure-rate',
    expected: `at most ${percent(allowed)}`,
    actual: String(rowsQuarantined),
    message: `${entity}: ${formatCount(rowsQuarantined)} of ${countOf(rowsRead, 'row')} ${rowsQuarantined === 1 ? 'was' : 'were'} set aside (${percent(rate)}); ${percent(allowed)} are allowed.`,
  };
}

/** Uses an approval that covers these rows, or one that this run used before. */
async function accepted(context: RunContext, counts: EntityProgress): Promise<boolean> {
  const { control, plan, runId } = context;
  const action = acceptAction(counts.entity);
  const used = (await control.approvals.list({ runId })).filter((approval) => approval.action === action);
  if (used.some(({ maxRows }) => maxRows === null || maxRows >= counts.rowsQuarantined)) return true;
  try {
    await recordUse(context, {
      action,
      planHash: planHash(plan),
      rows: counts.rowsQuarantined,
      sourceFingerprint: plan.source.fingerprint,
      targetFingerprint: await targetFingerprint(context.target, plan),
      runId,
    });
    return true;
  } catch (error) {
    if (isApprovalRefusal(error)) return false;
    throw error;
  }
}

function allowedRate(context: RunContext, name: string): number {
  const entity = entityOf(context.plan, name);
  return (
    context.maxFailureRate ??
    entity.maxFailureRate ??
    (entity.financial ? 0 : context.plan.settings.maxFailureRate)
  );
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}
