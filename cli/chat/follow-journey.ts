/**
 * What happens while nobody speaks: the migration moves on in a process of its own, the guided workflow walks to its next
 * card. This looks now and then, and tells each passed step once. Words of a card that came up during a turn are the
 * guide's to say; those that come up between turns are told from here.
 */

import type { GuideAtHand } from '../../desk/guide-at-hand.ts';
import { createRunNews } from '../../desk/run-news.ts';
import { createProgressTracker, type ProgressTracker } from '../../desk/run-progress.ts';
import type { GuideView } from '../../engine/contract/guide.ts';
import type { RunStatus } from '../../engine/contract/run.ts';
import { overallLine } from '../progress/progress-lines.ts';

export interface News {
  /** One line each, about the run. */
  readonly lines: readonly string[];
  /** What the guided migration came to, once. */
  readonly view: GuideView | null;
}

export interface JourneyFollower {
  /** After a turn or a decision; `view` where it is known already. */
  begin(view?: GuideView): Promise<void>;
  /** True while there is something to follow. */
  readonly busy: boolean;
  look(at: Date): Promise<News>;
}

type Followed = Pick<GuideAtHand, 'guide' | 'runs' | 'journey'>;

const everyMilliseconds = 10_000;

export function createJourneyFollower({ guide, runs, journey }: Followed): JourneyFollower {
  const news = createRunNews();
  let working = false;
  let pace: Pace | null = null;

  /** The journey knows which run is the migration's; a rehearsal is a run as well, and none of its business. */
  async function runInHand(): Promise<RunStatus | null> {
    const { run: facts } = await journey.state();
    return facts === null ? null : runs.status(facts.runId);
  }

  function takeUp(found: RunStatus): void {
    const wasBusy = news.busy;
    news.takeUp(found);
    if (news.busy && (!wasBusy || pace?.runId !== found.runId))
      pace = { runId: found.runId, tracker: createProgressTracker(), lastLine: null };
  }

  async function lookAtRun(at: Date): Promise<string[]> {
    const found = await runInHand();
    if (found === null) return [];
    takeUp(found);
    if (!news.busy || news.runId !== found.runId || pace === null) return [];
    const told = news.see(found, !working).map((words) => `  ${words}`);
    pace.tracker.seeStatus(found, at);
    return found.alive ? [...told, ...progressLine(pace, at, told.length > 0)] : told;
  }

  return {
    async begin(view) {
      const now = view ?? (await guide.current());
      working = now.state === 'working';
      const found = await runInHand();
      if (found !== null) takeUp(found);
    },
    get busy() {
      return working || news.busy;
    },
    async look(at) {
      const lines = await lookAtRun(at);
      if (!working) return { lines, view: null };
      const view = await guide.current();
      if (view.state === 'working') return { lines, view: null };
      working = false;
      return { lines, view };
    },
  };
}

interface Pace {
  readonly runId: string;
  readonly tracker: ProgressTracker;
  lastLine: number | null;
}

/** Every ten seconds, unless there was something better to say. */
function progressLine(pace: Pace, at: Date, hasNews: boolean): string[] {
  const { lastLine, tracker } = pace;
  if (lastLine !== null && at.getTime() - lastLine < everyMilliseconds) return [];
  pace.lastLine = at.getTime();
  return lastLine === null || hasNews ? [] : [overallLine(tracker)];
}
