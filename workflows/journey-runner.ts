/**
 * Drives the guided migration, one at a time. It promises: the same one is found from any process; while one process works
 * on it, no other does (the lease); an answer counts for the card it was given to; a run whose process was killed is gone
 * on with once, by whoever asks first. The truth about the move is the engine's: losing all of this loses no record.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuideAnswer, GuideView, GuideWait, Journey, JourneyGuide, Log } from '../engine/index.ts';
import { readAnswer } from './cards.ts';
import { cardIdOf, noGuide, viewOf, waitingCard } from './guide-view.ts';
import type { GuidedMigration } from './guided-migration/guided-migration.ts';
import { freeLease, type Lease } from './lease.ts';
import { createRunStore } from './run-store.ts';

export interface GuideDependencies {
  /** Registered with a Mastra instance before the first call. */
  readonly workflow: GuidedMigration;
  readonly journey: Journey;
  readonly log: Log;
  /** The one that the workflows were made with. */
  readonly lease?: Lease;
}

const PATIENCE = 20_000;
const LOOK_AGAIN = 200;

export function createJourneyGuide({
  workflow,
  journey,
  log,
  lease = freeLease,
}: GuideDependencies): JourneyGuide {
  const runs = createRunStore(workflow);
  /** What this process works on; at most one. */
  let inHand: Promise<void> | null = null;
  /** Calls decide one after the other; waiting for the work happens outside. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(decide: () => Promise<Result>): Promise<Result> {
    const mine = turn.then(decide);
    turn = mine.catch(() => {});
    return mine;
  }

  /** Decides under the lease; what it decided to do keeps the lease until it is done. Null: another process has it. */
  async function decideAlone<Result>(
    decide: (work: (begin: () => Promise<unknown>) => void) => Promise<Result>,
  ): Promise<Result | null> {
    const release = inHand === null ? lease.take() : null;
    if (release === null) return null;
    let begun: Promise<unknown> | null = null;
    try {
      return await decide((begin) => {
        begun = begin();
      });
    } finally {
      if (begun === null) release();
      else inHand = finish(begun, release);
    }
  }

  async function finish(work: Promise<unknown>, release: () => void): Promise<void> {
    try {
      await work;
    } catch (error) {
      log.warn('guide.work.failed', { error: error instanceof Error ? error.message : String(error) });
    } finally {
      inHand = null;
      release();
    }
  }

  async function look(): Promise<GuideView> {
    const newest = await runs.newest();
    if (newest === null) return noGuide;
    const view = viewOf(newest.runId, newest.stored);
    return view.state === 'working' ? told(view) : view;
  }

  /** Somebody works on it if this process does, or if the lease cannot be had. */
  async function told(view: GuideView): Promise<GuideView> {
    const { run, inTarget } = await journey.state();
    const release = inHand === null ? lease.take() : null;
    release?.();
    const moving = run?.alive === true ? (await journey.run(run.runId)).words : inTarget;
    if (release === null) return { ...view, words: `I am working on it. ${moving}` };
    return {
      ...view,
      state: 'interrupted',
      words: `The guide was interrupted; the process it ran in is gone. ${moving} It can go on from exactly here.`,
    };
  }

  /** Until there is something to answer, or the patience is over. */
  async function settled({ milliseconds = PATIENCE }: GuideWait = {}): Promise<GuideView> {
    const until = performance.now() + milliseconds;
    for (;;) {
      const left = until - performance.now();
      if (inHand !== null) await Promise.race([inHand, sleep(Math.max(0, left))]);
      const view = await look();
      if (view.state !== 'working' || left <= 0) return view;
      await sleep(Math.min(LOOK_AGAIN, left));
    }
  }

  async function begin(by: string): Promise<void> {
    await decideAlone(async (work) => {
      const newest = await runs.newest();
      if (newest?.stored.status === 'suspended') return;
      if (newest?.stored.status === 'running') return work(() => goOn(newest.runId, by));
      work(() => runs.start(by));
    });
  }

  /** Where Mastra cannot repeat what was killed, a new one finds everything that is done already. */
  async function goOn(guideId: string, by: string): Promise<unknown> {
    log.info('guide.restarted', { guideId });
    if (await runs.restart(guideId)) return;
    log.warn('guide.begun.anew', { guideId });
    return runs.start(by);
  }

  /** Null where it was taken; otherwise why it was not. */
  async function answerCard({ answer, by, cardId = null }: GuideAnswer): Promise<string | null> {
    const outcome = await decideAlone(async (work) => {
      const newest = await runs.newest();
      const card = newest === null ? null : waitingCard(newest.stored);
      if (newest === null || card === null) return 'Nothing is waiting for an answer just now.';
      if (cardId !== null && cardId !== cardIdOf(card)) return 'That answer belongs to an earlier question.';
      if (readAnswer(card, answer) === null) return 'I did not understand that as one of the answers.';
      work(() => runs.resume(newest.runId, { answer: answer.slice(0, 200), by }));
      return 'taken';
    });
    if (outcome === null) return 'A step is being worked on, so the answer was not used.';
    return outcome === 'taken' ? null : outcome;
  }

  async function giveUp(by: string): Promise<void> {
    const newest = await runs.newest();
    if (newest === null) return;
    if (newest.stored.status === 'suspended') {
      await answerCard({ answer: 'stop', by });
      return;
    }
    if (newest.stored.status === 'running') await runs.cancel(newest.runId);
  }

  return {
    async start(by, wait) {
      await inTurn(() => begin(by));
      return settled(wait);
    },
    async continue(answer, wait) {
      const refused = await inTurn(() => answerCard(answer));
      const view = await settled(refused === null ? wait : { milliseconds: 0 });
      return refused === null ? view : { ...view, words: `${refused} ${view.words}` };
    },
    current: () => look(),
    async leave(by) {
      await inTurn(() => giveUp(by));
      const view = await settled({ milliseconds: 5000 });
      const { run, inTarget } = await journey.state();
      if (run?.alive !== true) return { ...view, words: `${view.words} ${inTarget}` };
      return {
        ...view,
        words: `${view.words} The move itself goes on in its own process; pause or cancel it if it is to stop. ${inTarget}`,
      };
    },
  };
}
