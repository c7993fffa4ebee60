/** A run's state in numbers and in words, from the control schema alone. */

import type { Told } from '../contract/journey.ts';
import type { RunFacts } from '../contract/journey-state.ts';
import type { RunStatus } from '../contract/run.ts';
import { helpFor } from '../core/errors.ts';
import { countOf, duplicateCount, entityWords, formatCount, joinWords } from '../report/words.ts';

const BEGUN = ['approved', 'rehearsed', 'copying', 'planned', 'created', 'analysed'];

/** Counted over all entities; `level` is how many levels have passed their gates. */
export function runFactsOf(run: RunStatus): RunFacts {
  const levels = [...new Set(run.entities.map(({ level }) => level))].sort((a, b) => a - b);
  const sum = (pick: (entity: RunStatus['entities'][number]) => number) =>
    run.entities.reduce((total, entity) => total + pick(entity), 0);
  const duplicates = sum((entity) => entity.duplicates ?? 0);
  // what stopped it before is behind it once a process works on it again
  const error = run.alive ? null : run.error;
  const gateClosed = error?.code === 'GATE_CLOSED';
  return {
    runId: run.runId,
    state: run.state,
    alive: run.alive,
    level: passedLevels(run, levels),
    levels: levels.length,
    totalRecords: sum((entity) => entity.totalRecords),
    written: sum((entity) => entity.written),
    ...(duplicates === 0 ? {} : { duplicates }),
    repaired: sum((entity) => entity.repaired),
    setAside: sum((entity) => entity.quarantined),
    gateClosed,
    error: error ? plainError(error) : interrupted(run) ? INTERRUPTED : null,
  };
}

/**
 * A level begins only when the one before has passed its check. So the last one that has begun tells how many have passed,
 * also while a run that goes on looks through its first levels again. All of it may be in and its check still to come.
 */
function passedLevels({ entities, state, error }: RunStatus, levels: readonly number[]): number {
  const of = (level: number) => entities.filter((entity) => entity.level === level);
  const begun = levels.findLastIndex((level) => of(level).some((entity) => !AHEAD.includes(entity.state)));
  if (begun === -1) return 0;
  const isIn = of(levels[begun]!).every((entity) => IN.includes(entity.state));
  // given up or broken off, nobody knows whether the last one was checked, so it was not
  const isChecked = error?.code !== 'GATE_CLOSED' && ![...BEGUN, ...GIVEN_UP].includes(state);
  return isIn && isChecked ? begun + 1 : begun;
}

const GIVEN_UP = ['cancelled', 'rolling-back'];
const AHEAD = ['pending', 'rolled-back'];
const IN = ['completed', 'skipped'];

/** The engine's levels are the steps of whoever watches. */
function plainError<Known extends { readonly message: string }>(error: Known): Known {
  return { ...error, message: error.message.replace(/^Level (\d+) did/, 'Step $1 did') };
}

const INTERRUPTED = {
  code: 'RUN_INTERRUPTED',
  message:
    'The process that moved the records is gone. What it had committed is complete; nothing is half moved.',
  hint: 'Continue: it goes on from exactly there.',
};

function interrupted({ state, alive }: RunStatus): boolean {
  return !alive && (BEGUN.includes(state) || state === 'validating');
}

export function tellRun(run: RunStatus): Told<RunFacts> {
  const data = runFactsOf(run);
  return { data, words: wordsOf(run, data), choices: choicesOf(data) };
}

function wordsOf(run: RunStatus, facts: RunFacts): string {
  const moved = `${countOf(facts.written, 'record')} ${facts.written === 1 ? 'is' : 'are'} in the new system`;
  const same = duplicateCount(facts.duplicates ?? 0);
  const aside = `${facts.setAside === 0 ? 'none' : formatCount(facts.setAside)} set aside${same}`;
  if (facts.gateClosed) {
    // no error but a question, and the answers to it follow
    return `${facts.error?.message ?? ''} ${moved}.`.trim();
  }
  if (run.state === 'completed') return `All ${facts.levels} steps are done and checked: ${moved}, ${aside}.`;
  if (run.state === 'rolled-back')
    return 'The move was undone: what it had brought is out of the new system again.';
  if (run.state === 'cancelled') return `The move was cancelled. ${moved}; an undo takes them out again.`;
  // the state that a run was left in holds until the process that goes on with it has taken it up
  if (run.state === 'paused' && !run.alive)
    return `Paused after step ${facts.level} of ${facts.levels}. ${moved}, ${aside}.`;
  if (!run.alive && (run.state === 'failed' || facts.error !== null)) {
    return `The move stopped after step ${facts.level} of ${facts.levels}: ${facts.error?.message ?? 'see the log'} ${moved}. ${facts.error?.hint ?? ''}${moreOf(facts)}`.trim();
  }
  if (run.state === 'copied') return `Everything is in: ${moved}, ${aside}. It is not compared yet.`;
  if (run.state === 'validating') return `Everything is in and being compared: ${moved}, ${aside}.`;
  return `Step ${Math.min(facts.level + 1, facts.levels)} of ${facts.levels}${nowMoving(run, facts)}. ${moved}, ${aside}. You can close this window; nothing is lost by that.`;
}

/** Where the person reads on. */
function moreOf({ error }: RunFacts): string {
  return error === null ? '' : ` More: ${helpFor(error.code)}`;
}

/** Not those of levels before, which a run that goes on looks through again. */
function nowMoving(run: RunStatus, { level: passed }: RunFacts): string {
  const levels = [...new Set(run.entities.map(({ level }) => level))].sort((a, b) => a - b);
  const names = run.entities
    .filter(({ level }) => level === levels[passed])
    .filter(({ state }) => state === 'copying' || state === 'finishing')
    .map(({ entity }) => entityWords(entity).toLowerCase());
  if (names.length === 0) return '';
  return `: ${names.length > 3 ? `${names.slice(0, 3).join(', ')} and others` : joinWords(names)}`;
}

function choicesOf(facts: RunFacts): string[] {
  if (facts.gateClosed) return ['Show what is set aside', 'Go on without them', 'Undo the move'];
  if (facts.state === 'completed') return ['Open the report', 'Show what is set aside'];
  if (facts.alive) return ['How far is it', 'Pause'];
  if (['cancelled', 'rolled-back'].includes(facts.state)) return ['Start again'];
  return ['Continue', 'What happened', 'Undo the move'];
}
