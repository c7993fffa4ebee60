/** Which runs are moves: what a rehearsal enters for itself is nobody's move, is shown as none, and is gone when it ends. */
import type { Control } from '../control/control.ts';
import type { Run } from '../control/run-store.ts';
import { REHEARSAL_PREFIX } from '../rehearsal/rehearsal-plan.ts';

export function isMove({ migration }: Pick<Run, 'migration'>): boolean {
  return !migration.startsWith(REHEARSAL_PREFIX);
}

/** Null: nothing was moved yet. */
export async function newestMove({ runs }: Pick<Control, 'runs'>): Promise<Run | null> {
  const newest = await runs.latest();
  if (newest === null || isMove(newest)) return newest;
  return (await runs.list()).find(isMove) ?? null;
}
