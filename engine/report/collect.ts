/**
 * Everything a report says, read from the control schema and the plan. Nothing is added that was not recorded: what no
 * check has looked at is listed as not verified.
 */
import { CHAOS_ARTIFACT, type ChaosReport, chaosReport } from '../contract/chaos.ts';
import type { MigrationReport } from '../contract/report.ts';
import type { RunStatus } from '../contract/run.ts';
import type { ValidationReport } from '../contract/validation.ts';
import type { Control } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import { dedupeRuleOf } from '../plan/dedupe-rule.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { latestValidation } from '../validation/stored-validation.ts';
import { readCauses } from './causes.ts';
import { summarizeRecovery } from './recovery-summary.ts';

export interface CollectInput {
  readonly control: Pick<
    Control,
    'approvals' | 'artifacts' | 'batches' | 'errors' | 'mappings' | 'quarantine' | 'repairs' | 'validations'
  >;
  readonly run: RunStatus;
  /** The plan the run was made with. */
  readonly plan: PlanFile;
  readonly clock: Pick<Clock, 'now'>;
}

/** Of this very plan; what an older version wrote and this one cannot read is none. */
async function readChaos(
  artifacts: CollectInput['control']['artifacts'],
  planHash: string,
): Promise<ChaosReport | null> {
  const found = await artifacts.latest(CHAOS_ARTIFACT, planHash);
  return chaosReport.safeParse(found?.content).data ?? null;
}

export async function collectReport({ control, run, plan, clock }: CollectInput): Promise<MigrationReport> {
  const { runId } = run;
  const [causes, validation, approvals, throughput, merged, duplicates, errors] = await Promise.all([
    readCauses(control, { runId }),
    latestValidation(control.validations, runId),
    usedApprovals(control.approvals, run),
    control.batches.throughput(runId),
    readMerged(control.mappings, run, plan),
    readDuplicates(control.mappings, run, plan),
    control.errors.recoveries(runId),
  ]);
  const chaos = await readChaos(control.artifacts, run.planHash);
  return {
    run,
    plan: {
      hash: run.planHash,
      migration: plan.migration,
      entities: plan.entities.length,
      rows: run.entities.reduce((sum, entity) => sum + entity.totalRecords, 0) || plan.estimate.rows,
    },
    approvals,
    causes,
    recovery: summarizeRecovery({
      causes,
      merged: merged.reduce((sum, { kept, updated }) => sum + kept + updated, 0),
      errors,
    }),
    validation: validation.report,
    throughput: throughput.map(({ at, rows }) => ({ at, rowsPerSecond: rows })),
    excludedTables: plan.excluded.map(({ schema, table, reason }) => ({
      table: `${schema}.${table}`,
      reason,
    })),
    ...(merged.length === 0 ? {} : { merged }),
    ...(chaos === null ? {} : { chaos }),
    ...(duplicates.length === 0 ? {} : { duplicates }),
    notVerified: [...notVerified(run, plan, validation.report), ...validation.doubts],
    generatedAt: clock.now().toISOString(),
  };
}

/** Of entities that merge, rows that were there before. */
async function readMerged(
  mappings: Control['mappings'],
  run: RunStatus,
  plan: PlanFile,
): Promise<NonNullable<MigrationReport['merged']>> {
  const found: { entity: string; kept: number; updated: number }[] = [];
  for (const { merge, name } of plan.entities) {
    if (merge === undefined || !run.entities.some(({ entity }) => entity === name)) continue;
    const entityNo = await mappings.entityNo(plan.migration, name);
    if (entityNo === null) continue;
    const { kept, updated } = await mappings.merged(entityNo);
    found.push({ entity: name, kept, updated });
  }
  return found;
}

/** Of entities that the plan dedupes, rows that are the same record as another. */
async function readDuplicates(
  mappings: Control['mappings'],
  run: RunStatus,
  plan: PlanFile,
): Promise<NonNullable<MigrationReport['duplicates']>> {
  const found: NonNullable<MigrationReport['duplicates']>[number][] = [];
  for (const entity of plan.entities) {
    const rule = dedupeRuleOf(entity);
    if (rule === null || !run.entities.some(({ entity: name }) => name === entity.name)) continue;
    const entityNo = await mappings.entityNo(plan.migration, entity.name);
    if (entityNo === null) continue;
    const { duplicates: rows, into } = await mappings.merged(entityNo);
    found.push({ entity: entity.name, rows, into, by: rule.by });
  }
  return found;
}

/** Approvals that this run used, and those of its plan that allow setting rows aside. */
async function usedApprovals(
  approvals: Control['approvals'],
  run: RunStatus,
): Promise<MigrationReport['approvals']> {
  const found = await approvals.list({ planHash: run.planHash });
  return found
    .filter(({ runId }) => runId === null || runId === run.runId)
    .map(({ approver, action, planHash, usedAt, createdAt, reason }) => ({
      approver,
      action,
      planHash,
      at: usedAt ?? createdAt,
      reason,
    }));
}

function notVerified(run: RunStatus, plan: PlanFile, validation: ValidationReport | null): string[] {
  const left: string[] = [];
  const missing = plan.entities.filter(({ name }) => !run.entities.some(({ entity }) => entity === name));
  if (missing.length > 0) {
    left.push(`Not part of this run, so not looked at: ${missing.map(({ name }) => name).join(', ')}.`);
  }
  const unfinished = run.entities.filter(({ state }) => state !== 'completed' && state !== 'skipped');
  if (unfinished.length > 0) {
    left.push(`Not completed: ${unfinished.map(({ entity, state }) => `${entity} (${state})`).join(', ')}.`);
  }
  if (!validation)
    return [...left, 'The result was not validated: nobody has compared source and target yet.'];
  return [...left, ...validation.notVerified];
}
