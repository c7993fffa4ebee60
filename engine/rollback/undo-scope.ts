/**
 * What an undo that is under way was asked for. It is written with the run in the statement that moves it to `rolling-back`, so
 * there is no moment in which rows go and nobody knows which were meant. It counts in that state only; the next undo writes its own.
 */
import { z } from 'zod';
import type { UndoScope } from '../contract/undo.ts';
import type { Run } from '../control/run-store.ts';

const stored = z.object({
  undoing: z.object({
    entities: z.array(z.string()),
    level: z.int().nullable(),
    forceChanged: z.boolean(),
    by: z.string().nullable(),
    forPlan: z.string().nullable(),
  }),
});

/** Null where nothing is being taken out, or where an older version began it and kept no word of what. */
export function undoScopeOf({ state, options }: Pick<Run, 'state' | 'options'>): UndoScope | null {
  if (state !== 'rolling-back') return null;
  return stored.safeParse(options).data?.undoing ?? null;
}

/** Whether somebody has asked for all of the run to go, and for rows that others changed where these are to go as well. */
export function coversWholeRun(scope: UndoScope | null | undefined, forceChanged: boolean): boolean {
  if (!scope || scope.forPlan !== null) return false;
  return scope.entities.length === 0 && scope.level === null && (scope.forceChanged || !forceChanged);
}

/** What goes on with just this. */
export function undoCommand(
  runId: string,
  { entities, level, forceChanged, forPlan }: Omit<UndoScope, 'by'>,
): string {
  if (forPlan !== null) return `towpath resume ${runId} --edited-plan`;
  return [
    `towpath rollback ${runId}`,
    ...(entities.length === 0 ? [] : [`--entities ${entities.join(',')}`]),
    ...(level === null ? [] : [`--level ${level}`]),
    ...(forceChanged ? ['--force-changed'] : []),
    '--confirm',
  ].join(' ');
}
