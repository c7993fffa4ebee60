/** A run's rows in four parts that never overlap: copied and checked, copied, set aside, to do. */
import type { LevelProgress, RunView } from '../../../server/shapes/runs.ts';

export interface Parts {
  readonly checked: number;
  readonly copied: number;
  readonly setAside: number;
  readonly toDo: number;
  readonly whole: number;
}

type Level = Pick<LevelProgress, 'state' | 'rowsTotal' | 'rowsDone' | 'setAside'>;

export function partsOfLevel({ state, rowsTotal, rowsDone, setAside }: Level): Parts {
  const copied = Math.max(0, rowsDone - setAside);
  return {
    checked: state === 'passed' ? copied : 0,
    copied: state === 'passed' ? 0 : copied,
    setAside,
    toDo: Math.max(0, rowsTotal - rowsDone),
    whole: Math.max(rowsTotal, rowsDone),
  };
}

export function partsOfRun({ byLevel }: Pick<RunView['data'], 'byLevel'>): Parts {
  return byLevel.map(partsOfLevel).reduce(
    (sum, of) => ({
      checked: sum.checked + of.checked,
      copied: sum.copied + of.copied,
      setAside: sum.setAside + of.setAside,
      toDo: sum.toDo + of.toDo,
      whole: sum.whole + of.whole,
    }),
    { checked: 0, copied: 0, setAside: 0, toDo: 0, whole: 0 },
  );
}

/** The level that the run is at: the first whose gate is not passed; the last where all are. */
export function levelNow(byLevel: readonly LevelProgress[]): LevelProgress | null {
  return byLevel.find(({ state }) => state !== 'passed') ?? byLevel.at(-1) ?? null;
}
