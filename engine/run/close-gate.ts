/**
 * What a closed gate leaves behind: a failed run with the ways on, or, where too little went through, a run that waits, with what
 * undoing it would do now.
 */
import type { ErrorReport } from '../core/errors.ts';
import type { Finding } from '../core/findings.ts';
import { classify } from '../db/sqlstate.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { countOf } from '../report/words.ts';
import { createRollback } from '../rollback/rollback.ts';
import { compareWithSource } from './compare-with-source.ts';
import type { RunDependencies } from './run-dependencies.ts';

/** What a person may accept with a reason. */
const ACCEPTABLE = new Set(['failure-rate', 'success-rate', 'foreign-writers']);

/** What is said of rows that were set aside. */
const SET_ASIDE = new Set(['failure-rate', 'success-rate']);

interface Closed {
  readonly level: number;
  readonly findings: readonly Finding[];
}

export async function closeGate(
  deps: RunDependencies,
  { runId, plan }: { readonly runId: string; readonly plan: PlanFile },
  { level, findings }: Closed,
): Promise<void> {
  const { control, events } = deps;
  const waits = findings.some(({ check }) => check === 'success-rate');
  const undo = waits ? await foresee(deps, runId, plan) : null;
  const details = {
    level,
    entities: [...new Set(findings.map(({ entity }) => entity))],
    missing: findings.filter(({ check }) => !ACCEPTABLE.has(check)).map(({ entity }) => entity),
    aside: findings.filter(({ check }) => SET_ASIDE.has(check)).map(({ entity }) => entity),
    foreign: Object.fromEntries(
      findings
        .filter(({ check }) => check === 'foreign-writers')
        .map(({ entity, actual }) => [entity, Number(actual)]),
    ),
    ...(undo === null ? {} : { rollback: undo }),
  };
  const words = findings.map((finding) => finding.message).join(' ');
  const error: ErrorReport = {
    code: 'GATE_CLOSED',
    message: `Level ${level} did not pass its check, so nothing further moves. ${words}${undo === null ? '' : ` ${wordsOf(undo)}`}`,
    hint: `What was moved stays in the target. Look at the rows: towpath quarantine list. Accept them with a reason: towpath approve --run ${runId} --reason "…", then towpath resume ${runId}. Or undo: towpath rollback ${runId} --preview${waits ? `, then towpath rollback ${runId} --confirm` : ''}`,
    retryable: false,
    severity: 'critical',
    details,
  };
  await control.runs.move(runId, waits ? 'paused' : 'failed', { error });
  if (waits) events.publish({ type: 'migration.paused', runId, reason: error.message });
  else events.publish({ type: 'migration.failed', runId, error });
}

/** What undoing would do now, for the one who decides. */
export interface UndoForeseen {
  /** Rows of the run that would go. */
  readonly rows: number;
  /** Rows that would get back what the run had changed. */
  readonly restored: number;
  readonly tablesDropped: number;
  /** Rows of others in the same tables. */
  readonly kept: number;
  /** Rows of the run that would stay, because others changed or need them. */
  readonly left: number;
}

/** Null where it cannot be told; the run stops all the same. */
async function foresee(deps: RunDependencies, runId: string, plan: PlanFile): Promise<UndoForeseen | null> {
  try {
    const rollback = createRollback({ ...deps, compare: (of) => compareWithSource(deps, of) });
    const { entities } = await rollback.preview({ runId, plan, entities: [] });
    const sum = (pick: (entity: (typeof entities)[number]) => number) =>
      entities.reduce((total, entity) => total + pick(entity), 0);
    return {
      rows: sum(({ rows }) => rows),
      restored: sum(({ restored = 0 }) => restored),
      tablesDropped: sum(({ tableDropped }) => (tableDropped ? 1 : 0)),
      kept: sum(({ kept }) => kept),
      left: sum(({ left }) => left.changed + left.pointedAt),
    };
  } catch (error) {
    deps.log.warn('gate.undo-not-foreseen', { code: classify(error).code });
    return null;
  }
}

function wordsOf({ rows, restored, tablesDropped, kept, left }: UndoForeseen): string {
  const parts = [
    `take ${countOf(rows, 'row')} out of the target again`,
    ...(tablesDropped > 0 ? [`drop ${countOf(tablesDropped, 'table')} that the run made`] : []),
    ...(restored > 0 ? [`give ${countOf(restored, 'row')} back what the run changed`] : []),
  ];
  const stay = [
    ...(kept > 0 ? [`${countOf(kept, 'row')} of others stay`] : []),
    ...(left > 0 ? [`${countOf(left, 'row')} of the run stay, because others changed or need them`] : []),
  ];
  return `The run waits for your decision. Undoing it would ${parts.join(', ')}${stay.length === 0 ? '' : `; ${stay.join('; ')}`}.`;
}
