/**
 * One move of the sample under its faults, as a person at the command line would see it through: start; where it ends before
 * its end, resume, each time as a new process with new connections; until it is complete and validated.
 *
 * A process ends by itself (an error, a pause) or is made to die; then the next one begins. What is given up on: a move that ends
 * three times in a row although nothing disturbed it, one that does not come back, a closed gate, and data that validation
 * calls different.
 */
import type { FaultKind } from '../../contract/chaos.ts';
import type { MigrateOptions, ResumeOptions, RunResult } from '../../contract/run.ts';
import type { ValidationReport } from '../../contract/validation.ts';
import type { Control } from '../../control/control.ts';
import type { Run } from '../../control/run-store.ts';
import type { Clock } from '../../core/clock.ts';
import type { EventPublisher } from '../../core/events.ts';
import type { Failpoints } from '../../core/failpoints.ts';
import type { Database } from '../../db/database.ts';
import { classify } from '../../db/sqlstate.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { Disturbance } from './disturbance.ts';
import type { DisturbedConnections } from './disturbed-connections.ts';

/** An engine of one process of a move. */
export interface MovingEngine {
  readonly events: EventPublisher;
  start(plan: PlanFile, options: MigrateOptions): Promise<RunResult>;
  resume(runId: string, options: ResumeOptions): Promise<RunResult>;
  validate(runId: string, entities: readonly string[]): Promise<ValidationReport>;
}

export type OpenMovingEngine = (of: {
  readonly source: Database;
  readonly target: Database;
  readonly failpoints: Failpoints;
  readonly clock: Clock;
}) => MovingEngine;

export interface MoveDependencies {
  /** The ledger of the rehearsal, over connections that nothing disturbs. */
  readonly ledger: Control;
  readonly clock: Clock;
  readonly open: OpenMovingEngine;
  readonly connect: () => Promise<DisturbedConnections>;
  /** A process that has not ended by then hangs. */
  readonly patienceMilliseconds: number;
  readonly options: MigrateOptions;
}

export type MoveProblem = {
  readonly check: 'does-not-recover' | 'hangs' | 'not-verified' | 'gate-closed';
  readonly message: string;
  /** In which something differs, where that is known. */
  readonly entities: readonly string[];
};

export interface MoveOutcome {
  readonly retries: ReadonlyMap<FaultKind | null, number>;
  readonly resumes: ReadonlyMap<FaultKind | null, number>;
  /** Null where it is complete and verified. */
  readonly problem: MoveProblem | null;
}

/** Ends without a fault of ours, one behind the other. */
const MOST_UNEXPLAINED = 3;
/** The server takes a moment to notice that a process is gone. */
const MOST_WAITS_FOR_LOCK = 200;
const WAIT_FOR_LOCK_MILLISECONDS = 150;

type Ending =
  | { readonly kind: 'result'; readonly result: RunResult }
  | { readonly kind: 'validated'; readonly report: ValidationReport }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'hung' };

export async function makeMove(
  deps: MoveDependencies,
  plan: PlanFile,
  disturbance: Disturbance,
): Promise<MoveOutcome> {
  const retries = new Map<FaultKind | null, number>();
  const resumes = new Map<FaultKind | null, number>();
  const add = (to: Map<FaultKind | null, number>) =>
    to.set(disturbance.latest, (to.get(disturbance.latest) ?? 0) + 1);
  let [unexplained, waits] = [0, 0];
  for (;;) {
    deps.options.signal?.throwIfAborted();
    const run = await startedRun(deps.ledger, plan);
    const before = disturbance.struck.length;
    const ending = await runProcess(deps, plan, run, disturbance, () => add(retries));
    if (ending.kind === 'error' && isLocked(ending.error) && waits++ < MOST_WAITS_FOR_LOCK) {
      await deps.clock.sleep(WAIT_FOR_LOCK_MILLISECONDS);
      continue;
    }
    const problem = problemOf(ending, disturbance);
    if (problem !== 'unfinished') return { retries, resumes, problem };
    unexplained = disturbance.struck.length > before ? 0 : unexplained + 1;
    if (unexplained >= MOST_UNEXPLAINED)
      return { retries, resumes, problem: doesNotRecover(ending, disturbance) };
    add(resumes);
  }
}

/** The newest that is more than a name; one that had not begun is started anew. */
async function startedRun(ledger: Control, plan: PlanFile): Promise<Run | null> {
  const run = await ledger.runs.current(plan.migration);
  return run === null || ['created', 'analysed', 'planned'].includes(run.state) ? null : run;
}

function work(
  engine: MovingEngine,
  plan: PlanFile,
  run: Run | null,
  options: MigrateOptions,
): Promise<Ending> {
  const ended = (result: RunResult): Ending => ({ kind: 'result', result });
  if (run === null) return engine.start(plan, options).then(ended);
  if (run.state !== 'completed') return engine.resume(run.runId, options).then(ended);
  // its process ended behind the last write, before it could say how the validation had gone
  return engine.validate(run.runId, []).then((report) => ({ kind: 'validated', report }));
}

async function runProcess(
  deps: MoveDependencies,
  plan: PlanFile,
  run: Run | null,
  disturbance: Disturbance,
  onRetry: () => void,
): Promise<Ending> {
  const { ledger, clock } = deps;
  const connections = await deps.connect();
  const pause = async () => {
    const current = await ledger.runs.current(plan.migration);
    if (current !== null) await ledger.runs.request(current.runId, 'pause').catch(() => undefined);
  };
  const { source, target, clock: ownClock } = connections;
  const failpoints = disturbance.places(connections, pause);
  const engine = deps.open({ source, target, failpoints, clock: ownClock });
  const unsubscribe = engine.events.subscribe((event) => {
    if (event.type !== 'batch.retrying' || connections.isDead) return;
    disturbance.settle(connections); // what struck by itself may be why
    onRetry();
  });
  const patience = new AbortController();
  const ended = work(engine, plan, run, deps.options).catch(
    (error: unknown): Ending => ({ kind: 'error', error }),
  );
  try {
    const late = clock.sleep(deps.patienceMilliseconds, patience.signal).then(
      (): Ending => ({ kind: 'hung' }),
      (): Ending => ({ kind: 'hung' }),
    );
    return await Promise.race([ended, late]);
  } finally {
    patience.abort();
    unsubscribe();
    disturbance.settle(connections);
    await connections.close();
  }
}

function problemOf(ending: Ending, disturbance: Disturbance): MoveProblem | null | 'unfinished' {
  if (ending.kind === 'hung')
    return { check: 'hangs', message: `It did not come back ${afterWhat(disturbance)}.`, entities: [] };
  if (ending.kind === 'error') return 'unfinished';
  if (ending.kind === 'validated') return problemIn(ending.report);
  const { gate, state, validation } = ending.result;
  if (gate.status === 'closed') return problemOfGate(gate.findings);
  if (validation === null) return 'unfinished';
  const problem = problemIn(validation);
  return problem === null && state !== 'completed' ? 'unfinished' : problem;
}

function problemIn({ overallStatus, checks }: ValidationReport): MoveProblem | null | 'unfinished' {
  if (overallStatus === 'verified') return null;
  if (overallStatus === 'incomplete') return 'unfinished';
  const failed = checks.filter(({ status }) => status === 'fail');
  const [first] = failed;
  return {
    check: 'not-verified',
    message: `Its validation found differences.${first ? ` ${first.entity}: ${first.message}` : ''}`,
    entities: [...new Set(failed.map(({ entity }) => entity))],
  };
}

function problemOfGate(findings: RunResult['gate']['findings']): MoveProblem {
  return {
    check: 'gate-closed',
    message: findings.map(({ message }) => message).join(' '),
    entities: [...new Set(findings.map(({ entity }) => entity))],
  };
}

function isLocked(error: unknown): boolean {
  return classify(error).code === 'RUN_IN_PROGRESS';
}

function doesNotRecover(ending: Ending, disturbance: Disturbance): MoveProblem {
  const message = `${wordsOf(ending)} ${afterWhat(disturbance)}.`;
  return { check: 'does-not-recover', message, entities: [] };
}

function wordsOf(ending: Ending): string {
  if (ending.kind !== 'error')
    return `It stayed ${ending.kind === 'result' ? ending.result.state : 'unfinished'}`;
  const { error } = ending;
  return `It ended with ${classify(error).code}${error instanceof Error && 'hint' in error ? `: ${error.message}` : ''} again and again`;
}

function afterWhat({ latest }: Disturbance): string {
  return latest === null
    ? 'although nothing disturbed it'
    : `although the last fault (${latest.replaceAll('-', ' ')}) was over`;
}
