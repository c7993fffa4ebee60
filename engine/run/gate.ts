/**
 * The gate behind a level: the next begins only when every row of this one is accounted for and not too many were set
 * aside. Uniqueness and references are proved by the keys and constraints that the level's tables got before this.
 */
import type { Finding } from '../core/findings.ts';
import { entityOf } from '../copy/prepare.ts';
import type { RunContext } from './migrate.ts';

/** Findings that keep the gate closed; none opens it. */
export async function checkGate(context: RunContext, names: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of names) {
    const counts = await context.control.entities.counts(context.runId, name);
    const load = context.prepared.loads.get(name)!;
    if (counts.rowsRead !== load.expectedRows) {
      findings.push({
        kind: 'count',
        severity: 'critical',
        entity: name,
        check: 'record-count',
        expected: String(load.expectedRows),
        actual: String(counts.rowsRead),
        message: `${name}: ${load.expectedRows} rows were expected, ${counts.rowsRead} were read.`,
      });
    }
    const allowed = allowedRate(context, name);
    const rate = counts.rowsRead === 0 ? 0 : counts.rowsQuarantined / counts.rowsRead;
    if (rate > allowed) {
      findings.push({
        kind: 'count',
        severity: 'critical',
        entity: name,
        check: 'failure-rate',
        expected: `at most ${percent(allowed)}`,
        actual: percent(rate),
        message: `${name}: ${counts.rowsQuarantined} of ${counts.rowsRead} rows were set aside (${percent(rate)}); the plan allows ${percent(allowed)}.`,
      });
    }
  }
  return findings;
}

function allowedRate(context: RunContext, name: string): number {
  const entity = entityOf(context.plan, name);
  return context.maxFailureRate ?? entity.maxFailureRate ?? (entity.financial ? 0 : context.plan.settings.maxFailureRate);
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}
