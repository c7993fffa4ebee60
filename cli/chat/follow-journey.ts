/**
 * What happens while nobody speaks: the migration moves on in a process of its own, the guided workflow walks to its next
 * card. This looks now and then, and tells each passed step once. Words of a card that came up during a turn are the
 * guide's to say; those that come up between turns are told from here.
 */

import type { GuideView } from '../../engine/contract/guide.ts';
import type { RunStatus } from '../../engine/contract/run.ts';
import { runFactsOf, tellRun } from '../../engine/journey/run-facts.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import type { GuideAtHand } from '../agents/guide-at-hand.ts';
import { overallLine } from '../progress/progress-lines.ts';
import { createProgressTracker } from '../progress/run-progress.ts';

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
  let working = false;
  let run: FollowedRun | null = null;

  /** The journey knows which run is the migration's; a rehearsal is a run as well, and none of its business. */
  async function runInHand(): Promise<RunStatus | null> {
    const { run: facts } = await journey.state();
    return facts === null ? null : runs.status(facts.runId);
  }

  function takeUp(found: RunStatus): void {
    if (found.alive && (run === null || run.over || run.runId !== found.runId))
      run = followedRun(found.runId, run);
  }

  async function lookAtRun(at: Date): Promise<string[]> {
    const found = await runInHand();
    if (found === null) return [];
    takeUp(found);
    return run === null || run.over || run.runId !== found.runId ? [] : run.see(found, at, !working);
  }

  return {
    async begin(view) {
      const now = view ?? (await guide.current());
      working = now.state === 'working';
      const found = await runInHand();
      if (found !== null) takeUp(found);
    },
    get busy() {
      return working || (run !== null && !run.over);
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

interface FollowedRun {
  readonly runId: string;
  /** Levels that were told. */
  readonly level: number;
  readonly over: boolean;
  /** `tellEnd`: false where somebody else tells what the run came to. */
  see(run: RunStatus, at: Date, tellEnd: boolean): string[];
}

/** A run that goes on after a stop does not tell its first levels again. */
function followedRun(runId: string, before: FollowedRun | null): FollowedRun {
  const tracker = createProgressTracker();
  let level = before?.runId === runId ? before.level : 0;
  let over = false;
  let lastLine: number | null = null;
  return {
    runId,
    get level() {
      return level;
    },
    get over() {
      return over;
    },
    see(run, at, tellEnd) {
      tracker.seeStatus(run, at);
      const facts = runFactsOf(run);
      const lines: string[] = [];
      if (facts.level > level) {
        level = facts.level;
        lines.push(
          `  Step ${level} of ${facts.levels} is done and checked: ${formatCount(facts.written)} of ${countOf(facts.totalRecords, 'record')} are in, ${facts.setAside === 0 ? 'none' : formatCount(facts.setAside)} set aside.`,
        );
      }
      if (!run.alive) {
        over = true;
        if (tellEnd) lines.push(`  ${tellRun(run).words}`);
      } else if (lastLine === null || at.getTime() - lastLine >= everyMilliseconds) {
        if (lastLine !== null && lines.length === 0) lines.push(overallLine(tracker));
        lastLine = at.getTime();
      }
      return lines;
    },
  };
}
