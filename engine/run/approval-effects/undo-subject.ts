/**
 * What a wish to undo names that goes beyond the whole run: a part of it, or records that others changed. A yes to the one is
 * no yes to the other, so it stands in the approval's subject.
 */
import { z } from 'zod';

export interface UndoWish {
  readonly forceChanged: boolean;
  /** Empty: all of them. */
  readonly entities: readonly string[];
  /** This level of the plan and every later one; null: all. */
  readonly level: number | null;
}

const FORCE_CHANGED = 'force-changed';

const part = z.strictObject({
  forceChanged: z.boolean(),
  entities: z.array(z.string()),
  level: z.int().nullable(),
});

export function subjectOfUndo({ forceChanged, entities, level }: UndoWish): string {
  if (entities.length === 0 && level === null) return forceChanged ? FORCE_CHANGED : '';
  return JSON.stringify({ forceChanged, entities: [...new Set(entities)].sort(), level });
}

export function undoOfSubject(subject: string): UndoWish {
  if (!subject.startsWith('{')) return { forceChanged: subject === FORCE_CHANGED, entities: [], level: null };
  return part.parse(JSON.parse(subject));
}
