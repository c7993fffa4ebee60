/**
 * What a move under faults did wrong. A difference of rows counts where it is the move's own: rows in which two undisturbed moves differ
 * as well have changed in the old database meanwhile, and prove nothing. What needs no comparison (pairs, links) always counts.
 */

import type { Breach } from './closed-links.ts';
import type { Course } from './course.ts';
import type { MoveOutcome, MoveProblem } from './disturbed-move.ts';
import type { KeptRows, Witness } from './witness.ts';

export interface Judgement {
  readonly breaches: readonly Breach[];
  /** 0 where the move did not come to its end. */
  readonly rowsCompared: number;
  /** What is there now is a whole move. */
  readonly isWhole: boolean;
}

export interface Judge {
  /** Of the move that is there now; an undisturbed one may have taken its place afterwards. */
  judge(outcome: MoveOutcome): Promise<Judgement>;
  /** Most rows of an entity that could not be compared in one of the moves. */
  readonly notCompared: ReadonlyMap<string, number>;
}

export function createJudge(witness: Witness, course: Pick<Course, 'calm'>, kept: KeptRows): Judge {
  const notCompared = new Map<string, number>();
  const all = kept.moved + kept.setAside;

  /** The difference, once an undisturbed move has shown which of it has other reasons. */
  async function looksAgain(found: readonly Breach[], problem: MoveProblem | null): Promise<Judgement> {
    await witness.suspect();
    const again = await course.calm();
    if (again.problem !== null) {
      const breaches = [
        ...found,
        ...told(problem),
        ...told(again.problem, 'An undisturbed move behind it: '),
      ];
      return { breaches, rowsCompared: problem === null ? all : 0, isWhole: false };
    }
    const { breaches, unsteady } = await witness.compareSuspect();
    for (const [entity, rows] of unsteady)
      notCompared.set(entity, Math.max(rows, notCompared.get(entity) ?? 0));
    const excused = problem?.entities.every((entity) => unsteady.has(entity)) ?? true;
    // the levels behind a gate were not moved
    if (problem?.check === 'gate-closed')
      return { breaches: excused ? [] : told(problem), rowsCompared: 0, isWhole: true };
    const left = [...unsteady.values()].reduce((sum, rows) => sum - rows, all);
    return {
      breaches: [
        ...(excused ? [] : told(problem)),
        ...breaches,
        ...found.filter(({ check }) => check === 'pairs' || check === 'references'),
      ],
      rowsCompared: Math.max(0, left),
      isWhole: true,
    };
  }

  return {
    notCompared,
    async judge({ problem }) {
      if (problem !== null && problem.entities.length === 0)
        return { breaches: told(problem), rowsCompared: 0, isWhole: false };
      const found = await witness.compare();
      if (problem === null && found.length === 0) return { breaches: [], rowsCompared: all, isWhole: true };
      return looksAgain(found, problem);
    },
  };
}

function told(problem: MoveProblem | null, before = ''): Breach[] {
  if (problem === null) return [];
  const { check, message } = problem;
  return [{ check, entity: null, rows: null, message: `${before}${message}` }];
}
