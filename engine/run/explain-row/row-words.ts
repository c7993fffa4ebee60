/** The answer in words: what became of the row, whether anything changed since, and what to do next. */

import type { RowChanges, RowExplanation, RowFate, RowVerification } from '../../contract/explain.ts';
import type { FoundRow } from '../../contract/report.ts';
import type { EntityProgress } from '../../control/entity-store.ts';
import { shownText } from '../../core/shown-text.ts';
import { explainCause } from '../../report/explain-cause.ts';
import { formatMoment } from '../../report/words.ts';
import type { TargetRow } from './read-target-row.ts';

export function fateOf(found: FoundRow): RowFate {
  if (found.quarantined !== null) return 'set-aside';
  if (found.newId !== null)
    return found.merged === null || found.merged === undefined ? 'moved' : found.merged;
  if (found.sourceRow === null) return 'unknown';
  return found.filteredOut || found.duplicate ? 'left-out' : 'not-moved';
}

export interface Told {
  readonly words: string;
  readonly next: string | null;
}

interface Telling {
  readonly found: FoundRow;
  readonly fate: RowFate;
  readonly where: string | undefined;
  readonly progress: EntityProgress | null;
  readonly run: { readonly runId: string; readonly state: string };
  readonly changes: RowChanges;
  readonly verification: RowVerification;
  readonly retried: RowExplanation['retried'];
  /** The key as it may be shown. */
  readonly key: string;
  /** Key of the row that was moved for it, as it may be shown. */
  readonly sameAs: string | null;
}

export function tellRow(telling: Telling): Told {
  const { found, fate, key, run, changes, verification } = telling;
  const it = `${found.entity} ${key}`;
  const after = changes.source === 'same' && changes.target === 'same' ? '' : ` ${changes.words}`;
  const doubtful = verification.state !== 'verified' || after !== '';
  const compare = doubtful ? `validate all ${run.runId} --entities ${found.entity}` : null;
  switch (fate) {
    case 'moved':
      return {
        words: `${it} is in the target, as ${found.newId}.${retryWords(telling)} ${verification.words}${after}`,
        next: compare,
      };
    case 'kept':
      return {
        words: `${it} is the same as a row that the target held before, ${found.newId}; that row was left as it was.${after}`,
        next: null,
      };
    case 'updated':
      return {
        words: `${it} is the same as a row that the target held before, ${found.newId}; the run changed that row.${retryWords(telling)} ${verification.words}${after}`,
        next: compare,
      };
    case 'duplicate':
      return {
        words: `${it} is the same record as ${telling.sameAs ?? 'another'}, which was moved for both as ${found.newId}; it has no row of its own, and references to it lead there.`,
        next: null,
      };
    case 'set-aside':
      return {
        words: `${it} was set aside and is not in the target. ${explainHeld(found)} Nothing of it is lost: it is kept as it was.${after}`,
        next: `quarantine show ${found.quarantined!.id}`,
      };
    case 'left-out':
      return { words: `${it} stays behind: ${leftOutWords(found, telling.where)}`, next: 'map' };
    case 'not-moved':
      return notMoved(telling, it);
    case 'unknown':
      return {
        words: `There is no ${it}: the source has no such row, and none was moved or set aside.`,
        next: null,
      };
  }
}

function retryWords({ retried }: Telling): string {
  if (retried === null) return '';
  const at = formatMoment(retried.at);
  return retried.how === 'moved'
    ? ` It had been set aside and was moved by a retry, ${at}.`
    : ` It was moved without a link; a retry gave it the link, ${at}.`;
}

export function explainHeld({ quarantined }: FoundRow): string {
  const { reason, sqlstate, column } = quarantined!;
  return shownText(explainCause({ outcome: 'quarantined', reason, sqlstate, column }), 400);
}

export function leftOutWords(found: FoundRow, where: string | undefined): string {
  if (found.duplicate && !found.filteredOut)
    return 'it equals another row in every column, and the plan keeps one of them (dedupe).';
  return `the filter of the plan does not want it (${shownText(where ?? '', 200)}).`;
}

/** What the ledger says of its entity. */
function notMoved({ found, progress, run }: Telling, it: string): Told {
  const start = `${it} is in the source and was neither moved nor set aside`;
  const { entity } = found;
  const status = `status ${run.runId} --details`;
  const over = ['rolled-back', 'cancelled'].includes(run.state);
  const onward = over ? `migrate ${entity}` : `resume ${run.runId}`;
  if (progress === null)
    return { words: `${start}: ${entity} was not part of run ${run.runId}.`, next: `migrate ${entity}` };
  switch (progress.state) {
    case 'completed':
      return {
        words: `${start}, though ${entity} is complete: the row came into the source, or got this key, after it had been read.`,
        next: `validate all ${run.runId} --entities ${entity}`,
      };
    case 'rolled-back':
      return { words: `${start}: ${entity} was rolled back.`, next: onward };
    case 'skipped':
      return { words: `${start}: run ${run.runId} passed ${entity} over.`, next: status };
    case 'failed':
      return { words: `${start}: ${entity} stopped at an error.`, next: status };
    default:
      return {
        words: `${start}: run ${run.runId} has not come to it yet (${entity} is ${progress.state}).`,
        next: run.state === 'copying' ? status : onward,
      };
  }
}

/**
 * Whether source or target changed. The target's last writer decides: where it was a run, a difference comes from the
 * source; where it was somebody else, from the target or from both.
 */
export function changesOf(
  found: FoundRow,
  held: TargetRow | null,
  known: { readonly transactions: boolean; readonly mapped: boolean },
): RowChanges {
  const gone = found.sourceRow === null;
  if (found.quarantined !== null) return changesOfHeld(found, known.mapped);
  if (found.newId === null)
    return { source: gone ? 'unknown' : 'same', target: 'same', columns: [], words: '' };
  const source = gone ? 'gone' : 'unknown';
  const lost = gone ? 'The source does not have it any more.' : '';
  if (held === null) {
    const words = `The target does not hold it any more: somebody deleted it.${gone ? ` ${lost}` : ''}`;
    return { source: gone ? 'gone' : 'same', target: 'gone', columns: [], words };
  }
  const foreign = known.transactions && held.foreign;
  const written = foreign ? 'Somebody else has written the row in the target since.' : '';
  if (held.differing === null) {
    const target = known.transactions ? (held.foreign ? 'changed' : 'same') : 'unknown';
    return { source, target, columns: [], words: `${lost} ${written}`.trim() };
  }
  if (found.merged === 'kept')
    return { source: 'same', target: foreign ? 'changed' : 'same', columns: [], words: written };
  const columns = held.differing;
  if (columns.length === 0)
    return {
      source: 'same',
      target: foreign ? 'changed' : 'same',
      columns,
      words: foreign ? `${written} The values are the same.` : '',
    };
  const which = `${columns.join(', ')} ${columns.length === 1 ? 'is' : 'are'} not what the plan makes of the source now`;
  if (!known.transactions)
    return {
      source: 'unknown',
      target: 'unknown',
      columns,
      words: `${which}; which side changed is not known.`,
    };
  return foreign
    ? { source: 'unknown', target: 'changed', columns, words: `${written} ${which}.` }
    : { source: 'changed', target: 'same', columns, words: `The source changed since: ${which}.` };
}

/** Only rows that went through the mapper are spelled like those that are kept. */
function changesOfHeld({ quarantined, sourceRow }: FoundRow, mapped: boolean): RowChanges {
  const then = quarantined!.sourceRow as Readonly<Record<string, unknown>> | null;
  const none = { target: 'same', columns: [] } as const;
  if (sourceRow === null) return { ...none, source: 'gone', words: 'The source does not have it any more.' };
  if (!mapped || then === null || typeof then !== 'object') return { ...none, source: 'unknown', words: '' };
  const columns = Object.keys(sourceRow).filter((name) => (then[name] ?? null) !== sourceRow[name]);
  if (columns.length === 0) return { ...none, source: 'same', words: '' };
  return { ...none, source: 'changed', words: `The source changed since: ${columns.join(', ')}.` };
}
