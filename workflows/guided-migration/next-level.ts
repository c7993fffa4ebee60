/**
 * One level further. The move runs in its own process and holds its gates itself; this step only watches it, and asks a
 * person where it cannot go on: a closed gate, a pause, an error, a process that is gone. Whatever becomes of this step,
 * the move goes on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunFacts, Told } from '../../engine/index.ts';
import { guidedStep, type Moment, on, type Verdict, type WorkflowDependencies } from '../guided-step.ts';
import { throughApproval } from '../through-approval.ts';
import { numbersOf } from './start.ts';
import { cancelledCard, gateCard, stoppedCard } from './stopped-run.ts';

const LOOK = 2000;
/** A process that was just started takes a moment until it is seen to live. */
const GRACE = 1500;
const LOADED = ['copied', 'validating', 'completed'];

export function nextLevelStep(deps: WorkflowDependencies) {
  const { journey, lookMilliseconds = LOOK } = deps;
  return guidedStep(deps, {
    id: 'move-next-level',
    step: 'migrate',
    description: 'Watches the move until the next level has passed its gate; asks at a closed gate.',
    async work(moment) {
      const gone = await whatBecameOf(deps, moment);
      if (gone !== null) return gone;
      const answered = await act(deps, moment);
      if (answered !== null) return answered;
      for (let graced = false; ; ) {
        moment.signal.throwIfAborted();
        const told = await journey.untilNextLevel(moment.trail.level, lookMilliseconds);
        await moment.tell(told.words, numbersOf(told.data));
        const verdict = judge(moment, told);
        if (verdict === null) continue;
        if (verdict.kind === 'on' || graced || told.data.gateClosed) return verdict;
        graced = true;
        await sleep(GRACE, undefined, { signal: moment.signal });
      }
    },
  });
}

/** A run that somebody undid or gave up meanwhile is not the journey's any more. */
async function whatBecameOf({ journey }: WorkflowDependencies, { trail }: Moment): Promise<Verdict | null> {
  const { run, inTarget } = await journey.state();
  const isOurs = run !== null && (trail.runId === null || run.runId === trail.runId);
  if (isOurs && run.state !== 'cancelled') return null;
  const before = await journey.run(isOurs ? run.runId : trail.runId);
  if (before.data.state === 'rolled-back') return on({ ...trail, course: 'undone' });
  if (before.data.written === 0) return on({ ...trail, course: 'cancelled' });
  return { kind: 'ask', card: cancelledCard(`${before.words} ${inTarget}`) };
}

/** What was answered to the card before; null where the move can be watched again. */
async function act({ journey }: WorkflowDependencies, moment: Moment): Promise<Verdict | null> {
  const { answer, answered, by, tell } = moment;
  const accepting =
    answer === 'accept' || (answered?.kind === 'approval' && answered.approval.action === 'accept-set-aside');
  const { data } = await journey.run(moment.trail.runId);
  if (accepting && data.gateClosed && !data.alive) {
    const accepted = await throughApproval(journey, moment, {
      action: 'accept-set-aside',
      step: 'migrate',
      afterNo: ['accept', 'undo'],
      effect: () => journey.acceptSetAside(by),
    });
    if (accepted.kind === 'ask') return accepted;
    await tell(accepted.told.words);
  }
  if ((answer === 'again' || answer === 'resume') && !data.alive) await tell((await journey.resume()).words);
  return null;
}

/** Null: it is under way, look again. */
function judge({ trail }: Moment, { data, words }: Told<RunFacts>): Verdict | null {
  if (data.state === 'completed' || (!data.alive && LOADED.includes(data.state))) {
    return on({ ...trail, runId: data.runId, level: data.level, moved: true });
  }
  if (data.alive && data.level <= trail.level) return null;
  if (data.alive) return on({ ...trail, runId: data.runId, level: data.level });
  return { kind: 'ask', card: data.gateClosed ? gateCard(data, words) : stoppedCard(data, words) };
}
