/**
 * A server that is lost outside of a batch – while a run is begun, while its source is looked at, between two steps of taking
 * it back – is told by the connection, which knows nothing of the move. Here its error learns what is in the target now and
 * which command goes on.
 */
import type { UndoScope } from '../contract/undo.ts';
import { MigrationError } from '../core/errors.ts';
import { undoCommand } from '../rollback/undo-scope.ts';

export interface LeftBehind {
  readonly words: string;
  /** Null before there is a run. */
  readonly runId: string | null;
}

/** Adds what was left to the next step of a connection's error; others know it themselves. */
export async function tellingState<T>({ words, runId }: LeftBehind, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MigrationError) || !isOfConnection(error)) throw error;
    const { code, message, hint, severity, retryable, details } = error;
    throw new MigrationError({
      ...{ code, message, severity, retryable },
      hint: `${hint} ${words}`,
      details: runId === null ? details : { ...details, runId },
      cause: error.cause,
    });
  }
}

/** As connection-problems.ts makes them; a run's own failure names its run, and what it left. */
function isOfConnection({ details }: MigrationError): boolean {
  return 'role' in details && !('runId' in details);
}

export const nothingWritten: LeftBehind = {
  words: 'Nothing was written; a dry run only reads. When it answers again: towpath migrate --dry-run',
  runId: null,
};

export const nothingMoved: LeftBehind = {
  words: 'No row was moved by this. When it answers again: towpath migrate',
  runId: null,
};

/** `edited`: it was to go on by an edited plan. */
export function batchesStay(runId: string, edited = false): LeftBehind {
  const words = `Everything up to the last finished batch is in the target; nothing is half done. Go on with: towpath resume ${runId}${edited ? ' --edited-plan' : ''}`;
  return { words, runId };
}

/** A retry writes in one transaction, whenever it broke off. */
export function allOrNoneRetried(runId: string): LeftBehind {
  const words =
    'A retry moves all of its rows or none; whatever was in the target before is there as it was. See which are still set aside: towpath quarantine list; and try again: towpath quarantine retry';
  return { words, runId };
}

/** While what the old plan had brought is taken out for an edited one. */
export function changeOverStays(runId: string): LeftBehind {
  return undoneStays(runId, { entities: [], level: null, forceChanged: false, forPlan: 'edited' });
}

export function undoneStays(runId: string, scope: Omit<UndoScope, 'by'>): LeftBehind {
  const words = `What was taken out so far is out, everything else is as it was; nothing is half done. Go on with: ${undoCommand(runId, scope)}`;
  return { words, runId };
}
