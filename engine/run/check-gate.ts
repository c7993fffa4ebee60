/**
 * The gate behind a level: the next begins only when every row of this one is accounted for, not too many were set aside, and
 * nobody else wrote to rows where money is concerned. Uniqueness and references are proved by the keys and constraints that the
 * level's tables got before this.
 *
 *   count            rows are missing                                          no approval opens it
 *   failure-rate     more of an entity, or of the level, set aside than the    accepted by a person, with a reason: so many rows
 *                    plan allows; none where it is financial                    of that entity (action `accept-set-aside:<entity>`)
 *   foreign-writers  others wrote to rows of a financial entity meanwhile       a yes of its own to so many rows (action
 *                                                                              `accept-foreign:<entity>`); of other entities it
 *                                                                              is told and no more
 *   success-rate     less than 95 % of all rows so far went through             the same; the run waits, and undoing is proposed
 *
 * A share that the plan or the command allows in so many words is a person's decision already, above 5 % too.
 */

import type { EntityProgress } from '../control/entity-store.ts';
import { entityOf } from '../copy/prepare.ts';
import type { Finding } from '../core/findings.ts';
import { countOf, formatCount } from '../report/words.ts';
import { isAcceptedAtGate } from './accepted-at-gate.ts';
import { findForeignWrites } from './foreign-at-gate.ts';
import { allowedRate, levelRate, percent, successFindings } from './gate-rates.ts';
import type { RunContext } from './run-context.ts';

/** Findings that keep the gate closed; none opens it. */
export async function checkGate(
  context: RunContext,
  level: number,
  names: readonly string[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const all: EntityProgress[] = [];
  for (const name of names) {
    const counts = await context.control.entities.counts(context.runId, name);
    all.push(counts);
    const foreign = await findForeignWrites(context, level, name);
    findings.push(...countFindings(counts));
    const aside = { entity: name, rows: counts.rowsQuarantined };
    const rate = rateFinding(context, counts);
    if (rate !== null && !(await isAcceptedAtGate(context, aside))) findings.push(rate);
    const written = { entity: name, rows: foreign.rows, foreign: true };
    if (foreign.finding !== null && !(await isAcceptedAtGate(context, written)))
      findings.push(foreign.finding);
  }
  findings.push(...(await levelFindings(context, level, all, findings)));
  findings.push(...(await successFindings(context, findings)));
  publish(context, level, all, findings);
  return findings;
}

function publish(
  context: RunContext,
  level: number,
  all: readonly EntityProgress[],
  findings: readonly Finding[],
): void {
  const { events, runId } = context;
  const failureRate = rateOf(all);
  if (findings.length === 0) {
    events.publish({ type: 'gate.passed', runId, level, failureRate });
    return;
  }
  events.publish({
    type: 'gate.closed',
    runId,
    level,
    failureRate,
    maxFailureRate: Math.min(...all.map(({ entity }) => allowedRate(context, entity))),
    reason: findings.map((finding) => finding.message).join(' '),
    proposeRollback: findings.some(({ check }) => check === 'success-rate'),
  });
}

function rateOf(all: readonly EntityProgress[]): number {
  const read = all.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
  return read === 0 ? 0 : all.reduce((sum, { rowsQuarantined }) => sum + rowsQuarantined, 0) / read;
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
  return setAside(
    entity,
    allowed,
    rowsQuarantined,
    `${entity}: ${formatCount(rowsQuarantined)} of ${countOf(rowsRead, 'row')} ${rowsQuarantined === 1 ? 'was' : 'were'} set aside (${percent(rate)}); ${percent(allowed)} are allowed.`,
  );
}

/** Entities of a level of which the plan allows less in total than it would of each. */
async function levelFindings(
  context: RunContext,
  level: number,
  all: readonly EntityProgress[],
  known: readonly Finding[],
): Promise<Finding[]> {
  const allowed = levelRate(context.plan, level);
  const rate = rateOf(all);
  if (allowed === null || context.maxFailureRate !== null || rate <= allowed) return [];
  const findings: Finding[] = [];
  for (const counts of all) {
    const { entity, rowsQuarantined } = counts;
    if (rowsQuarantined === 0 || known.some((finding) => finding.entity === entity)) continue;
    if (entityOf(context.plan, entity).maxFailureRate !== undefined) continue;
    if (await isAcceptedAtGate(context, { entity, rows: rowsQuarantined })) continue;
    const words = `${entity}: ${countOf(rowsQuarantined, 'row')} set aside; of level ${level} together ${percent(rate)} were, and ${percent(allowed)} are allowed.`;
    findings.push(setAside(entity, allowed, rowsQuarantined, words));
  }
  return findings;
}

function setAside(entity: string, allowed: number, rows: number, message: string): Finding {
  return {
    kind: 'count',
    severity: 'major',
    entity,
    check: 'failure-rate',
    expected: `at most ${percent(allowed)}`,
    actual: String(rows),
    message,
  };
}
