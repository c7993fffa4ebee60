/** Starting, stopping and watching the move. It runs in a process of its own; this one only reads the control schema. */

import type { Effect, Told } from '../../contract/journey.ts';
import type { RunFacts } from '../../contract/journey-state.ts';
import type { RunStatus } from '../../contract/run.ts';
import { MigrationError } from '../../core/errors.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import type { LaunchedRun } from '../launch-run.ts';
import { planInHand, usablePlan } from '../plan-in-hand.ts';
import { runFactsOf, tellRun } from '../run-facts.ts';
import { currentRun } from '../state.ts';
import { askFor } from './with-approval.ts';

const POLL = 250;
/** A process has to start, connect, and read the source's structure before its run is seen. */
const APPEARS_WITHIN = 60_000;
const STOPS_WITHIN = 30_000;
const OVER = ['completed', 'cancelled', 'rolled-back'];

/** Needs a passed rehearsal of this very plan. The run itself uses up the approval. */
export async function start(deps: JourneyDependencies, by: string): Promise<Effect<RunFacts>> {
  const { engine, workspace, launch } = deps;
  const { plan, hash } = usablePlan(deps);
  const known = await currentRun(deps, planInHand(deps));
  if (known !== null) return { status: 'done', told: tellRun(known) };
  const rehearsal = workspace.readRehearsal();
  if (rehearsal?.planHash !== hash || rehearsal.status !== 'passed') {
    throw new MigrationError({
      code: 'REHEARSAL_MISSING',
      message: 'This plan has not passed a rehearsal as it stands now; nothing was moved.',
      hint: 'Rehearse it first; it takes a few seconds and leaves the new system as it is.',
    });
  }
  const granted = await engine.approvals({ states: ['granted'] });
  if (!granted.some((card) => card.action === 'migrate' && card.planHash === hash)) {
    return askFor(engine, { action: 'migrate', plan }, by);
  }
  const launched = launch(['migrate', 'all', '--plan', workspace.planPath]);
  const look = async () => {
    const run = await engine.currentRun(plan.migration);
    return run !== null && begun(run) ? run : null;
  };
  try {
    return { status: 'done', told: tellRun(await appears(deps, launched, look)) };
  } catch (error) {
    // the approval covered less than what is there now: a person is asked again, about what is there now
    if (error instanceof MigrationError && error.code.startsWith('APPROVAL_')) {
      return askFor(engine, { action: 'migrate', plan }, by);
    }
    throw error;
  }
}

/**
 * Goes on with the run in hand; one that is under way or over is only told. Where the plan was edited since and that was
 * approved, what is not complete goes on by the edited plan.
 */
export async function resume(deps: JourneyDependencies): Promise<Told<RunFacts>> {
  const run = await runInHand(deps);
  if (run.alive || OVER.includes(run.state)) return tellRun(run);
  const edited = await editedPlan(deps, run);
  const launched = deps.launch(['resume', run.runId, ...edited]);
  const look = async () => {
    const now = await deps.engine.status(run.runId);
    return now.alive || now.updatedAt !== run.updatedAt ? now : null;
  };
  return tellRun(await appears(deps, launched, look));
}

async function editedPlan({ engine, workspace }: JourneyDependencies, run: RunStatus): Promise<string[]> {
  const found = workspace.planOnFile();
  const edited = ['--edited-plan', '--plan', workspace.planPath];
  const begun = run.undoing?.forPlan ?? null;
  // what that plan had a yes for, and was begun for it, goes on; the run itself asks for the yes to any other
  if (begun !== null) return edited;
  if (!found?.ok || found.hash === run.planHash) return [];
  const granted = await engine.approvals({ states: ['granted'] });
  const isApproved = granted.some((card) => card.action === 'migrate' && card.planHash === found.hash);
  return isApproved ? edited : [];
}

/** `request` leaves word in the control schema; the run reads it between two batches. */
export async function stop(
  deps: JourneyDependencies,
  request: 'requestPause' | 'requestCancel',
  by: string,
): Promise<Told<RunFacts>> {
  const { engine, clock } = deps;
  const run = await runInHand(deps);
  const { runId, alive } = run;
  if (!alive && request === 'requestPause') return nothingToPause(run);
  await engine[request](runId, by);
  const until = clock.monotonic() + STOPS_WITHIN;
  let status = await engine.status(runId);
  while (alive && status.alive && clock.monotonic() < until) {
    await clock.sleep(POLL);
    status = await engine.status(runId);
  }
  return tellRun(status);
}

function nothingToPause(run: RunStatus): Told<RunFacts> {
  const told = tellRun(run);
  return { ...told, words: `Nothing is moving, so there is nothing to pause. ${told.words}` };
}

/** `after` null: until the run stops or the milliseconds are over. */
export async function untilNextLevel(
  deps: JourneyDependencies,
  after: number | null,
  milliseconds: number,
): Promise<Told<RunFacts>> {
  const { engine, clock } = deps;
  const { runId } = await runInHand(deps);
  const until = clock.monotonic() + milliseconds;
  for (;;) {
    const status = await engine.status(runId);
    const facts = runFactsOf(status);
    if (!status.alive || (after !== null && facts.level > after) || clock.monotonic() >= until)
      return tellRun(status);
    await clock.sleep(POLL);
  }
}

/** @throws NO_RUN where nothing was started, or it was undone */
export async function runInHand(deps: JourneyDependencies): Promise<RunStatus> {
  const run = await currentRun(deps, planInHand(deps));
  if (run !== null) return run;
  throw new MigrationError({
    code: 'NO_RUN',
    message: 'No move has been started.',
    hint: 'Rehearse the plan and have the move approved; then it can start.',
  });
}

/** Waits until the launched process shows in the control schema, as `look` sees it, or has ended with an error. */
async function appears(
  { clock }: JourneyDependencies,
  launched: LaunchedRun,
  look: () => Promise<RunStatus | null>,
): Promise<RunStatus> {
  const until = clock.monotonic() + APPEARS_WITHIN;
  for (;;) {
    const outcome = launched.outcome();
    const found = await look();
    if (found) return found;
    if (outcome instanceof MigrationError) throw outcome;
    if (outcome === 'done' || clock.monotonic() > until) {
      throw new MigrationError({
        code: 'RUN_NOT_SEEN',
        message: 'The process that moves the records was started, but no run of it is to be seen.',
        hint: 'Ask where things stand; the folder .towpath/runs holds what it printed.',
      });
    }
    await clock.sleep(POLL);
  }
}

/** A run that is refused ends before it has begun. */
function begun({ state }: RunStatus): boolean {
  return state !== 'created' && state !== 'planned';
}
