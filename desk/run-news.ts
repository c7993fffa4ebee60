/**
 * What is told of a run while nobody asks: each step that has passed its check, once, and what the run came to. A run that
 * goes on after a stop does not tell its first steps again.
 */
import type { RunStatus } from '../engine/contract/run.ts';
import { runFactsOf, tellRun } from '../engine/journey/run-facts.ts';
import { countOf, formatCount } from '../engine/report/words.ts';

export interface RunNews {
  /** The run that is followed; null: none was moving since this began. */
  readonly runId: string | null;
  /** True while a run is followed that has not come to rest. */
  readonly busy: boolean;
  /** A run that moves is followed from now on. */
  takeUp(run: RunStatus): void;
  /** Sentences, mostly none. `tellEnd`: false where somebody else tells what the run came to. */
  see(run: RunStatus, tellEnd: boolean): string[];
}

export function createRunNews(): RunNews {
  let runId: string | null = null;
  let level = 0;
  let over = true;
  return {
    get runId() {
      return runId;
    },
    get busy() {
      return !over;
    },
    takeUp(run) {
      if (!run.alive || (!over && run.runId === runId)) return;
      if (run.runId !== runId) level = 0;
      runId = run.runId;
      over = false;
    },
    see(run, tellEnd) {
      if (over || run.runId !== runId) return [];
      const facts = runFactsOf(run);
      const told: string[] = [];
      if (facts.level > level) {
        level = facts.level;
        // of how many is not said: kinds that have not begun are not counted yet
        const aside = facts.setAside === 0 ? 'none' : formatCount(facts.setAside);
        told.push(
          `Step ${level} of ${facts.levels} is done and checked: ${countOf(facts.written, 'record')} moved so far, ${aside} set aside.`,
        );
      }
      if (run.alive) return told;
      over = true;
      return tellEnd ? [...told, tellRun(run).words] : told;
    },
  };
}
