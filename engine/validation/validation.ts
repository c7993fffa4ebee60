/**
 * Validates a run: every chosen entity against every check of the type asked for, two entities at a time.
 *
 * Promises: a check that could not be made is told as such and never passes; what was not looked at is told in words;
 * nothing is written but temporary tables and, where asked for, fixes. An abort ends it at the next chunk of rows; what
 * was finished stays in the report.
 */
import type { CodeRunners } from '../contract/code.ts';
import type { ValidationReport, ValidationType } from '../contract/validation.ts';
import type { AuditStore } from '../control/audit-store.ts';
import { createCodeDesk } from '../copy/code/code-desk.ts';
import { entityOf } from '../copy/prepare.ts';
import type { Clock } from '../core/clock.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { hasCode } from '../plan/code-units.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { applyFixes } from './apply-fixes.ts';
import { buildReport } from './build-report.ts';
import { checkEntity, type EntityBegun } from './check-entity.ts';
import { checkersOf } from './entity-checkers.ts';
import { planFixes } from './plan-fixes.ts';
import { type Lane, openReading } from './reading.ts';
import { createControlRecords, type PairTables, type ValidationRecords } from './records.ts';

/** More entities at a time than this do not help: the rows' hashes are one processor's work. */
const LANES = 2;

const STATUS = { verified: 'pass', differences: 'fail', incomplete: 'could-not-check' } as const;

export interface ValidationDependencies {
  readonly source: Database;
  /** May be read-only unless an entity travels as text or rows differ: both need temporary tables. */
  readonly target: Database;
  readonly control: { readonly mappings: PairTables; readonly audit?: Pick<AuditStore, 'add'> };
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventPublisher;
  /** What runs the code of a plan; null where there is nothing. */
  readonly code: CodeRunners | null;
}

export interface ValidationInput {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly runId: string;
  /** The migration's secret namespace, 16 bytes. */
  readonly namespace: Uint8Array;
  readonly type: ValidationType;
  /** Names of entities; empty: the whole plan. */
  readonly entities: readonly string[];
  /** Puts safe findings right and validates again. */
  readonly fix: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Where pairs and rows set aside are recorded; the control schema by default. */
  readonly records?: ValidationRecords;
}

export interface Validation {
  /** Throws only for a plan that names no such entity; everything else is told in the report. */
  validate(input: ValidationInput): Promise<ValidationReport>;
}

export function createValidation(deps: ValidationDependencies): Validation {
  return {
    async validate(input) {
      const report = await validateOnce(deps, input);
      const fixes = input.fix ? planFixes(report.issues) : [];
      if (fixes.length === 0 || input.signal?.aborted) return report;
      const applied = await applyFixes(fixes, { ...input, ...deps, records: recordsOf(deps, input) });
      deps.log.info('validation.fixed', { statements: applied }, { component: 'validation' });
      const after = await validateOnce(deps, input);
      const done = `${applied} statements were applied to put findings right; this report shows the target after that.`;
      return { ...after, recommendations: [done, ...after.recommendations] };
    },
  };
}

function recordsOf(deps: ValidationDependencies, input: ValidationInput): ValidationRecords {
  return input.records ?? createControlRecords(input.plan.migration, deps.control.mappings, deps.target);
}

async function validateOnce(deps: ValidationDependencies, input: ValidationInput): Promise<ValidationReport> {
  const { plan, runId, type } = input;
  const names = input.entities.length > 0 ? input.entities : plan.entities.map((entity) => entity.name);
  const entities = names
    .map((name) => entityOf(plan, name))
    .sort((a, b) => b.estimatedRows - a.estimatedRows);
  const checkers = checkersOf(type);
  deps.events.publish({ type: 'validation.started', runId, entities: names });
  const begun: EntityBegun[] = [];
  const proved = new Set<string>();
  const recorded = recordsOf(deps, input);
  const desk = deps.code !== null && hasCode(plan) ? createCodeDesk(deps.code, deps.log) : null;
  const reading = openReading(deps, { ...input, code: desk }, recorded);
  const lanes = Array.from({ length: LANES }, () => reading.openLane());
  const begin = async (lane: Lane) => {
    for (let entity = entities.shift(); entity !== undefined; entity = entities.shift()) {
      begun.push(await checkEntity({ ...deps, ...input, entity, checkers, proved, reading, lane, recorded }));
      await desk?.rest(entity.name);
    }
  };
  const finish = async (unfinished: EntityBegun[]) => {
    for (let one = unfinished.shift(); one !== undefined; one = unfinished.shift()) await one.finish();
  };
  try {
    await Promise.all(lanes.map(begin));
    const unfinished = [...begun];
    await Promise.all(lanes.map(() => finish(unfinished)));
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    await reading.close();
    await desk?.close();
  }
  const results = begun.map(({ result }) => result);
  const order = new Map(names.map((name, i) => [name, i]));
  results.sort((a, b) => order.get(a.entity)! - order.get(b.entity)!);
  const report = buildReport({ plan, runId, type }, results, deps.clock.now());
  const status = STATUS[report.overallStatus];
  deps.events.publish({ type: 'validation.completed', runId, status, findings: report.issues.length });
  return report;
}
