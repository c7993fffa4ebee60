/**
 * Where a journey is, computed from what lies in the workspace and in the control schema:
 * nothing configured → connect · no catalog → analyse · no plan, or one with mistakes or open questions → plan · no passed rehearsal of this
 * very plan → rehearse · no run, or one that is not loaded → migrate · loaded, not verified → validate · verified, no
 * report file → report · report, not signed → sign-off · signed → done. A run that was undone counts as none, and so
 * does one that was given up before it brought a record; one that was given up later is still there to be undone.
 */
import type { ApprovalCard } from '../contract/approvals.ts';
import type { Told } from '../contract/journey.ts';
import type { JourneyState, JourneyStep } from '../contract/journey-state.ts';
import type { RunStatus } from '../contract/run.ts';
import type { ValidationReport } from '../contract/validation.ts';
import { shownSentence } from '../core/shown-text.ts';
import { openQuestions } from '../plan/open-questions.ts';
import { countOf } from '../report/words.ts';
import { type JourneyDependencies, rowsOf } from './dependencies.ts';
import { type PlanInHand, readablePlan } from './plan-in-hand.ts';
import { kindsSetAside } from './rehearsal-words.ts';
import { runFactsOf } from './run-facts.ts';
import { beingTakenOut, goOnUndoing } from './undo-words.ts';

const LOADED = ['copied', 'validating'];

/** Asked anew each time: a few queries, and files that are read again only when they have changed. */
export async function readState(deps: JourneyDependencies): Promise<JourneyState> {
  const { engine, workspace, names } = deps;
  const catalog = workspace.readCatalog();
  const plan = readablePlan(deps);
  const rehearsal = workspace.readRehearsal();
  const connected = names.target !== null;
  const run = connected ? await currentRun(deps, plan) : null;
  const validation =
    run?.state === 'completed' || run?.state === 'copied' ? await engine.validation(run.runId) : null;
  const approvals = connected ? await engine.approvals() : [];
  const signature = approvals.find(
    (card) => card.action === 'sign-off' && card.runId === run?.runId && card.state === 'used',
  );
  const report = run === null ? [] : workspace.reportFiles(run.runId);
  const found: Found = {
    configured: names.source !== null && connected,
    analysed: catalog !== null,
    plan,
    rehearsed: plan !== null && rehearsal?.planHash === plan.hash && rehearsal.status === 'passed',
    run,
    verified: validation !== null && run?.state === 'completed',
    reported: report.length > 0,
    signed: signature !== undefined,
  };
  const step = stepOf(found);
  return {
    step,
    source: names.source,
    target: names.target,
    catalog:
      catalog === null
        ? null
        : {
            tables: catalog.tables.length,
            rows: rowsOf(catalog),
            takenAt: catalog.takenAt,
            fingerprint: catalog.fingerprint,
          },
    plan: plan === null ? null : planNumbers(plan),
    rehearsal:
      rehearsal === null
        ? null
        : {
            planHash: rehearsal.planHash,
            status: rehearsal.status,
            rows: rehearsal.entities.reduce((sum, entity) => sum + entity.rows, 0),
            setAside: rehearsal.entities.reduce((sum, entity) => sum + entity.quarantined, 0),
            kindsSetAside: kindsSetAside(rehearsal),
            seconds: rehearsal.forecast.seconds,
          },
    run: run === null ? null : runFactsOf(run),
    validation: validation === null ? null : validationNumbers(validation),
    report: [...report],
    signedOff:
      signature === undefined ? null : { by: signature.decidedBy ?? '', at: signature.decidedAt ?? '' },
    approvals: approvals.filter((card) => card.state === 'requested' && couldBeUsed(card, plan, run)),
    inTarget: inTargetWords(run),
    undo: undoWords(run),
    next: nextWords(step, run, plan),
  };
}

export function tellState(state: JourneyState): Told<JourneyState> {
  const waiting = state.approvals.map(({ title }) => `Waiting for a person’s decision: ${title}`);
  const words = [state.inTarget, ...waiting, state.undo, state.next];
  return { data: state, words: words.join(' '), choices: [] };
}

/** The newest run of the plan's migration of which something is there or may come; without a plan, of any. */
export async function currentRun(
  { engine }: JourneyDependencies,
  plan: PlanInHand | null,
): Promise<RunStatus | null> {
  return engine.currentRun(plan?.plan.migration);
}

/** Newest first. What came to nothing before anybody decided it, because the plan or the run is another now, has expired. */
export async function readApprovals(deps: JourneyDependencies): Promise<ApprovalCard[]> {
  const cards = await deps.engine.approvals();
  if (!cards.some(({ state }) => state === 'requested')) return cards;
  const plan = readablePlan(deps);
  const run = await currentRun(deps, plan);
  return cards.map((card) =>
    card.state === 'requested' && !couldBeUsed(card, plan, run) ? { ...card, state: 'expired' } : card,
  );
}

/** False for a request that came to nothing meanwhile: the plan was changed, the run undone, the gate passed. */
function couldBeUsed(
  { action, planHash, runId }: ApprovalCard,
  plan: PlanInHand | null,
  run: RunStatus | null,
): boolean {
  if (action === 'clean-up') return true;
  // a run that has begun goes by the plan that it began with, whatever became of the file
  if (action === 'migrate' && run?.planHash === planHash) return true;
  if (action === 'rehearse' || action === 'migrate') return plan === null || plan.hash === planHash;
  if (run === null || run.runId !== runId) return false;
  return action !== 'accept-set-aside' || run.error?.code === 'GATE_CLOSED';
}

interface Found {
  readonly configured: boolean;
  readonly analysed: boolean;
  readonly plan: PlanInHand | null;
  readonly rehearsed: boolean;
  readonly run: RunStatus | null;
  readonly verified: boolean;
  readonly reported: boolean;
  readonly signed: boolean;
}

function stepOf({
  configured,
  analysed,
  plan,
  rehearsed,
  run,
  verified,
  reported,
  signed,
}: Found): JourneyStep {
  if (!configured) return 'connect';
  if (run !== null) {
    if (signed) return 'done';
    if (run.state === 'completed') return !verified ? 'validate' : reported ? 'sign-off' : 'report';
    return LOADED.includes(run.state) ? 'validate' : 'migrate';
  }
  if (!analysed) return 'analyse';
  if (plan === null || plan.mistakes.length > 0 || openQuestions(plan.plan).length > 0) return 'plan';
  return rehearsed ? 'migrate' : 'rehearse';
}

const NEXT: Readonly<Record<JourneyStep, string>> = {
  connect: 'Next: say where the old and the new database are.',
  preflight: 'Next: check both databases.',
  analyse: 'Next: look at the old database; it is only read.',
  plan: 'Next: make a plan.',
  rehearse: 'Next: rehearse the plan with a few hundred records of each kind.',
  migrate: 'Next: the move itself, which needs an approval to start.',
  validate: 'Next: compare the new system with the old one, record by record.',
  report: 'Next: write the report.',
  'sign-off': 'Next: somebody signs the result.',
  done: 'Nothing is left to do: the move is signed.',
};

/** A run that stands still is the next thing to see to, whatever step it is in. */
function nextWords(step: JourneyStep, run: RunStatus | null, plan: PlanInHand | null): string {
  if (run === null && step === 'plan' && plan !== null) return nextOfPlan(plan);
  if (run?.state === 'cancelled') return GIVEN_UP;
  if (run === null || step !== 'migrate') return NEXT[step];
  if (run.error?.code === 'GATE_CLOSED') return 'Next: decide about the records that are set aside.';
  if (run.undoing && !run.alive) return goOnUndoing(run.runId, run.undoing);
  return run.alive
    ? 'Next: the move goes on by itself.'
    : 'Next: the move stands still and can go on from here.';
}

function nextOfPlan({ plan, mistakes }: PlanInHand): string {
  if (mistakes.length > 0) return 'Next: put the mistakes of the plan right.';
  return `Next: answer ${countOf(openQuestions(plan).length, 'question')} about the plan, one at a time.`;
}

const GIVEN_UP =
  'Next: the move was given up, so what it brought is taken out again; after that it can start anew. Taking it out needs an approval.';

function planNumbers({ plan, hash, mistakes }: PlanInHand) {
  return {
    hash,
    migration: plan.migration,
    entities: plan.entities.length,
    levels: new Set(plan.entities.map(({ level }) => level)).size,
    rows: plan.estimate.rows,
    excluded: plan.excluded.length,
    seconds: plan.estimate.seconds,
    mistakes: mistakes.length,
    questions: openQuestions(plan).length,
  };
}

function validationNumbers(report: ValidationReport) {
  return {
    overallStatus: report.overallStatus,
    rowsCompared: report.rowsCompared,
    issues: report.issues.length,
    notVerified: report.notVerified.map((text) => shownSentence(text)),
  };
}

function inTargetWords(run: RunStatus | null): string {
  if (run === null) return 'Nothing of this migration is in the new system.';
  const { written } = runFactsOf(run);
  if (run.state === 'rolling-back') return beingTakenOut(run);
  return `${countOf(written, 'record')} of this migration ${written === 1 ? 'is' : 'are'} in the new system.`;
}

function undoWords(run: RunStatus | null): string {
  if (run === null || runFactsOf(run).written === 0) return 'There is nothing to undo.';
  return 'All of it can be undone until the final clean-up; undoing removes exactly these records.';
}
