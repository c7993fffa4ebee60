/** Which share of rows may be set aside, of an entity, of a level, of a run; and whether a run is still within it. */
import type { EntityProgress } from '../control/entity-store.ts';
import { entityOf } from '../copy/prepare.ts';
import type { Finding } from '../core/findings.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { countOf } from '../report/words.ts';
import { isAcceptedAtGate } from './accepted-at-gate.ts';
import type { RunContext } from './run-context.ts';

/** Below this share of rows that went through, a run stops and proposes to be undone. */
const LEAST_SUCCESS = 0.95;

export function allowedRate(context: Pick<RunContext, 'plan' | 'maxFailureRate'>, name: string): number {
  const entity = entityOf(context.plan, name);
  return (
    context.maxFailureRate ??
    entity.maxFailureRate ??
    (entity.financial ? 0 : context.plan.settings.maxFailureRate)
  );
}

/** Null where the plan says nothing of the level. */
export function levelRate({ settings }: Pick<PlanFile, 'settings'>, level: number): number | null {
  return settings.maxFailureRateOfLevel?.[String(level)] ?? null;
}

/**
 * Entities whose rows were set aside, where all that moved so far is below the least success. Rows that a person accepted, and rows of
 * entities for which the plan allows a share of its own, do not count against it.
 */
export async function successFindings(context: RunContext, known: readonly Finding[]): Promise<Finding[]> {
  const all = (await context.control.entities.list(context.runId)).filter(({ rowsRead }) => rowsRead > 0);
  const read = all.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
  const allowed = Math.max(1 - LEAST_SUCCESS, context.maxFailureRate ?? context.plan.settings.maxFailureRate);
  if (asideOf(all) / read <= allowed) return [];
  const open: EntityProgress[] = [];
  for (const counts of all) {
    if (counts.rowsQuarantined === 0) continue;
    if (entityOf(context.plan, counts.entity).maxFailureRate !== undefined) continue;
    const isKnown = known.some(({ entity, check }) => entity === counts.entity && check === 'failure-rate');
    if (
      isKnown ||
      !(await isAcceptedAtGate(context, { entity: counts.entity, rows: counts.rowsQuarantined }))
    )
      open.push(counts);
  }
  const aside = asideOf(open);
  if (aside / read <= allowed) return [];
  const words = `Of ${countOf(read, 'row')} so far only ${percent((read - aside) / read)} went through; the run stops below ${percent(1 - allowed)}.`;
  return open.map(({ entity, rowsQuarantined }, i) => ({
    kind: 'count',
    severity: 'critical',
    entity,
    check: 'success-rate',
    expected: `at least ${percent(1 - allowed)}`,
    actual: String(rowsQuarantined),
    message: i === 0 ? words : `${entity}: ${countOf(rowsQuarantined, 'row')} set aside.`,
  }));
}

function asideOf(all: readonly EntityProgress[]): number {
  return all.reduce((sum, { rowsQuarantined }) => sum + rowsQuarantined, 0);
}

export function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}
