/**
 * Drives the guided migration, one at a time. It promises: the same one is found from any process; while one process works
 * on it, no other does (the lease); an answer counts for the card it was given to; a run whose process was killed is gone
 * on with once, by whoever asks first. The truth about the move is the engine's: losing all of this loses no record.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowState } from '@mastra/core/workflows';
import type {
  GuideAnswer,
  GuideView,
  GuideWait,
  Journey,
  JourneyGuide,
  JourneyStep,
  Log,
} from '../engine/index.ts';
import { planQuestionOf, readAnswer } from './cards.ts';
import { cardIdOf, goOnChoice, noGuide, viewOf, waitingCard } from './guide-view.ts';
import type { GuidedMigration } from './guided-migration/guided-migration.ts';
import { freeLease, type Lease } from './lease.ts';
import { isOvertaken } from './overtaken-card.ts';
import { createRunStore, type RunStore } from './run-store.ts';
import { createWorkInHand, type WorkInHand } from './work-in-hand.ts';

export interface GuideDependencies {
  readonly workflow: GuidedMigration;
  readonly journey: Journey;
  readonly log: Log;
  /** The one that the workflows were made with. */
  readonly lease?: Lease;
}

interface Parts {
  readonly runs: RunStore;
  readonly hand: WorkInHand;
  readonly journey: Journey;
  readonly log: Log;
}

const PATIENCE = 20_000;
const LOOK_AGAIN = 200;
const LEAVE_WITHIN = 5000;

/** The workflow has to be registered with a Mastra instance before the first call. */
export function createJourneyGuide({
  workflow,
  journey,
  log,
  lease = freeLease,
}: GuideDependencies): JourneyGuide {
  const hand = createWorkInHand(lease, (error) => log.warn('guide.work.failed', { error }));
  const parts: Parts = { runs: createRunStore(workflow), hand, journey, log };
  return {
    async start(by, wait) {
      await hand.inTurn(() => begin(parts, by));
      return settled(parts, wait);
    },
    async continue(answer, wait) {
      const refused = await hand.inTurn(() => answerCard(parts, answer));
      if (refused === null) return settled(parts, wait);
      const view = await look(parts);
      return { ...view, words: `${refused} ${view.words}` };
    },
    current: () => look(parts),
    async leave(by) {
      const refused = await hand.inTurn(() => giveUp(parts, by));
      const view = await settled(parts, { milliseconds: LEAVE_WITHIN });
      const { run, inTarget } = await journey.state();
      const moving =
        run?.alive === true
          ? ' The move itself goes on in its own process; pause or cancel it if it is to stop.'
          : '';
      return { ...view, words: `${refused ?? view.words}${moving} ${inTarget}` };
    },
  };
}

async function look(parts: Parts): Promise<GuideView> {
  return told(parts, await glance(parts));
}

/** What is stored, and whether somebody works on it: little enough to be asked again and again. */
async function glance({ runs, hand }: Parts): Promise<GuideView> {
  const newest = await runs.newest();
  if (newest === null) return noGuide;
  const view = viewOf(newest.runId, newest.stored);
  if (view.state !== 'working' || !hand.isFree()) return view;
  // what was stored is written before the lease is let go: only what is read after that tells an end from a death
  const again = await runs.newest();
  const now = again === null ? noGuide : viewOf(again.runId, again.stored);
  if (now.state !== 'working' || now.guideId !== view.guideId) return now;
  return { ...view, state: 'interrupted', choices: [goOnChoice] };
}

/** With words about the move, where the guide itself has no card to show. */
async function told({ journey }: Parts, view: GuideView): Promise<GuideView> {
  if (view.state !== 'working' && view.state !== 'interrupted') return view;
  const { run, step, inTarget } = await journey.state();
  const isMoving = run?.alive === true;
  const moving = isMoving ? (await journey.run(run.runId)).words : inTarget;
  const words =
    view.state === 'working'
      ? isMoving
        ? moving
        : `${doing[step] ?? 'I am working on it.'} ${moving}`
      : `The guide was interrupted; the process it ran in is gone. ${moving} It can go on from exactly here.`;
  return { ...view, words };
}

/** The first thing that is not done yet is what is being done. */
const doing: Readonly<Partial<Record<JourneyStep, string>>> = {
  preflight: 'I am checking both databases.',
  analyse: 'I am looking at the old database.',
  plan: 'I am working on the plan.',
  rehearse: 'I am working on the rehearsal.',
  validate: 'I am comparing the new system with the old one.',
  report: 'I am writing the report.',
};

/** Until there is something to answer, or the patience is over. */
async function settled(parts: Parts, { milliseconds = PATIENCE }: GuideWait = {}): Promise<GuideView> {
  const until = performance.now() + milliseconds;
  for (;;) {
    const left = Math.max(0, until - performance.now());
    await parts.hand.settled(left);
    const view = await glance(parts);
    if (view.state !== 'working' || left === 0) return told(parts, view);
    await sleep(Math.min(LOOK_AGAIN, left));
  }
}

async function begin(parts: Parts, by: string): Promise<void> {
  const { runs, hand } = parts;
  await hand.alone(async (work) => {
    const newest = await runs.newest();
    if (newest?.stored.status === 'suspended') {
      if (await isBehind(parts, newest.stored)) work(() => runs.resume(newest.runId, { answer: 'look', by }));
      return;
    }
    if (newest?.stored.status === 'running') return work(() => goOn(parts, newest.runId, by));
    work(() => runs.start(by));
  });
}

async function isBehind({ journey }: Parts, stored: WorkflowState): Promise<boolean> {
  const card = waitingCard(stored);
  if (card === null) return false;
  const asked = planQuestionOf(card);
  if (asked !== null && (await isAnswered(journey, asked))) return true;
  return isOvertaken(card, await journey.state());
}

/** Beside the guided migration: by a tool, from the command line, or in the file. */
async function isAnswered(journey: Journey, asked: number): Promise<boolean> {
  const { data } = await journey.questions(null);
  return data.questions.find(({ number }) => number === asked)?.answer !== null;
}

/** Where Mastra cannot repeat what was killed, a new one finds everything that is done already. */
async function goOn({ runs, log }: Parts, guideId: string, by: string): Promise<unknown> {
  log.info('guide.restarted', { guideId });
  try {
    if (await runs.restart(guideId)) return;
    log.warn('guide.begun.anew', { guideId });
  } catch (error) {
    log.warn('guide.begun.anew', { guideId, error });
    await runs.cancel(guideId);
  }
  return runs.start(by);
}

const UNNAMED = 'towpath';

/** To one that was interrupted; `look` says no more than that somebody wants to see how it stands now. */
function meansGoOn(answer: string): boolean {
  const said = answer.trim().toLowerCase();
  return said === 'look' || said === goOnChoice.id || said === goOnChoice.label.toLowerCase();
}

/** Null where it was taken; otherwise why it was not. */
async function answerCard(parts: Parts, { answer, by, cardId = null }: GuideAnswer): Promise<string | null> {
  const { runs, hand } = parts;
  const outcome = await hand.alone(async (work) => {
    const newest = await runs.newest();
    const card = newest === null ? null : waitingCard(newest.stored);
    // nobody works on it, since the lease is free
    if (newest?.stored.status === 'running' && meansGoOn(answer)) {
      work(() => goOn(parts, newest.runId, by ?? UNNAMED));
      return 'taken';
    }
    if (newest !== null && answer === 'look' && (await isBehind(parts, newest.stored))) {
      work(() => runs.resume(newest.runId, { answer, by }));
      return 'taken';
    }
    if (newest === null || card === null) return 'Nothing is waiting for an answer just now.';
    if (cardId !== null && cardId !== cardIdOf(card)) return 'That answer belongs to an earlier question.';
    if (readAnswer(card, answer) === null) return 'I did not understand that as one of the answers.';
    work(() => runs.resume(newest.runId, { answer: answer.slice(0, 200), by }));
    return 'taken';
  });
  if (outcome === null) return 'A step is being worked on, so the answer was not used.';
  return outcome === 'taken' ? null : outcome;
}

/** Null where it was given up; otherwise why it was not. */
async function giveUp(parts: Parts, by: string): Promise<string | null> {
  const { runs, hand } = parts;
  const newest = await runs.newest();
  if (newest === null) return null;
  if (newest.stored.status === 'suspended') return answerCard(parts, { answer: 'stop', by });
  if (newest.stored.status !== 'running') return null;
  if (!hand.mine() && !hand.isFree()) return 'Another process is working on it; it has to be stopped there.';
  await runs.cancel(newest.runId);
  return null;
}
