/** An undo that is under way, or broke off: of what, and how it goes on. */
import type { RunStatus } from '../contract/run.ts';
import type { UndoScope } from '../contract/undo.ts';
import { shownText } from '../core/shown-text.ts';
import { entityWords, joinWords } from '../report/words.ts';
import { undoCommand } from '../rollback/undo-scope.ts';

export function beingTakenOut({ undoing }: Pick<RunStatus, 'undoing'>): string {
  if (!undoing || isWhole(undoing)) return 'The move is being taken out of the new system again.';
  return `A part of the move is being taken out of the new system again: ${partWords(undoing)}.`;
}

/** A part is for whoever asked for it: the guide takes all out, or nothing, and asks first. */
export function goOnUndoing(runId: string, scope: UndoScope): string {
  if (scope.forPlan !== null)
    return 'Next: the move was about to go on by the edited plan, and can go on with that.';
  if (isWhole(scope)) return 'Next: taking it out broke off, and can go on.';
  const who = scope.by === null ? '' : `, which ${shownText(scope.by)} asked for,`;
  return `Next: taking out a part${who} broke off. It goes on with ${undoCommand(runId, scope)}; taking out all of it needs an approval.`;
}

function isWhole({ entities, level }: UndoScope): boolean {
  return entities.length === 0 && level === null;
}

function partWords({ entities, level }: UndoScope): string {
  const names = joinWords(entities.map((name) => entityWords(name).toLowerCase()));
  if (level === null) return names;
  return entities.length === 0 ? `step ${level} and all later ones` : `${names}, from step ${level} on`;
}
