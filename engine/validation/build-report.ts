/** Joins the results of all entities into the report, and says in words what was not looked at. */
import type { ValidationReport, ValidationType } from '../contract/validation.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { codeDeterminism } from './checks/code-determinism.ts';
import type { Checked } from './entity-check.ts';
import { checkersOf } from './entity-checkers.ts';

export interface EntityResult {
  readonly entity: string;
  /** The target table's own triggers. */
  readonly triggers: string[];
  readonly checked: (Checked & { readonly milliseconds: number })[];
}

export interface ReportedValidation {
  readonly plan: PlanFile;
  readonly runId: string;
  readonly type: ValidationType;
}

export function buildReport(
  of: ReportedValidation,
  results: readonly EntityResult[],
  now: Date,
): ValidationReport {
  const checks = results.flatMap(({ entity, checked }) =>
    checked.map(({ check, milliseconds }) => ({ entity, ...check, milliseconds })),
  );
  const issues = results.flatMap(({ checked }) => checked.flatMap(({ findings }) => findings));
  const differences = issues.some((finding) => finding.severity !== 'minor') || failedWithoutFinding(results);
  const complete = checks.length > 0 && checks.every(({ status }) => status === 'pass' || status === 'fail');
  return {
    runId: of.runId,
    type: of.type,
    timestamp: now.toISOString(),
    overallStatus: differences ? 'differences' : complete ? 'verified' : 'incomplete',
    checks,
    issues,
    notVerified: notVerified(of, results),
    recommendations: recommendations(results),
    rowsCompared: sum(results, ({ rowsCompared }) => rowsCompared ?? 0),
    valuesCompared: sum(results, ({ valuesCompared }) => valuesCompared ?? 0),
    money: results.flatMap(({ checked }) => checked.flatMap(({ money }) => money ?? [])),
  };
}

function sum(results: readonly EntityResult[], of: (checked: Checked) => number): number {
  return results.reduce((total, { checked }) => total + checked.reduce((part, one) => part + of(one), 0), 0);
}

function failedWithoutFinding(results: readonly EntityResult[]): boolean {
  return results.some(({ checked }) =>
    checked.some(({ check, findings }) => check.status === 'fail' && findings.length === 0),
  );
}

function notVerified({ plan, type }: ReportedValidation, results: readonly EntityResult[]): string[] {
  const words: string[] = [];
  const seen = new Set(results.map(({ entity }) => entity));
  const unselected = plan.entities.filter(({ name }) => !seen.has(name)).map(({ name }) => name);
  if (unselected.length > 0) words.push(`Not selected: ${unselected.join(', ')}.`);
  if (type !== 'all') {
    const made = new Set(checkersOf(type).map(({ name }) => name));
    const others = checkersOf('all').flatMap(({ name }) => (made.has(name) ? [] : [name]));
    words.push(`Only ${type} was checked; left out: ${others.join(', ')}.`);
  }
  for (const { entity, checked } of results) words.push(...unchecked(entity, checked));
  const excluded = plan.excluded.map(({ schema, table }) => `${schema}.${table}`);
  if (excluded.length > 0) words.push(`Tables that the plan leaves out: ${excluded.join(', ')}.`);
  const leftOut = plan.entities
    .filter(({ name }) => seen.has(name))
    .flatMap(({ name, leftOut: columns }) => columns.map(({ column }) => `${name}.${column}`));
  if (leftOut.length > 0) words.push(`Source columns that the plan leaves out: ${leftOut.join(', ')}.`);
  words.push(
    'Files that rows refer to (uploads, storage) were not opened; only the rows themselves were compared.',
  );
  return words;
}

/** One sentence for each reason, naming the checks it stopped. */
function unchecked(entity: string, checked: readonly Checked[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { check } of checked) {
    if (check.status === 'pass' || check.status === 'fail') continue;
    const how = check.status === 'skipped' ? 'skipped' : 'could not be checked';
    const reason = `${how}: ${check.message}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), check.type]);
  }
  return [...reasons].map(([reason, types]) => `${entity} (${types.join(', ')}) ${reason}`);
}

function recommendations(results: readonly EntityResult[]): string[] {
  const words: string[] = [];
  for (const { entity, triggers, checked } of results) {
    const kinds = new Set(checked.flatMap(({ findings }) => findings.map(({ kind }) => kind)));
    if (kinds.has('mismatching') && triggers.length > 0) {
      words.push(
        `${entity}: its table has triggers (${triggers.join(', ')}), which may have changed the rows.`,
      );
    }
    const unsteady = checked.some(
      ({ check }) => check.type === codeDeterminism.name && check.status === 'fail',
    );
    if (unsteady) {
      words.push(
        `${entity}: its code does not depend on the row alone (CODE_NOT_DETERMINISTIC). Correct it, take the rows back with “towpath rollback --entities ${entity}” and move them again; putting single rows right would not last.`,
      );
    } else if (kinds.has('missing') || kinds.has('mismatching')) {
      words.push(
        `${entity}: put rows right with “towpath validate --fix --entities ${entity}”; each finding shows its statement.`,
      );
    }
    if (kinds.has('extraneous')) {
      words.push(
        `${entity}: rows that the plan does not expect are only listed. Somebody may have entered them in the new system.`,
      );
    }
  }
  if (results.some(({ checked }) => checked.some(({ check }) => check.status === 'could-not-check'))) {
    words.push('Some checks could not be made. Remove the cause that is named, then validate again.');
  }
  return words;
}
