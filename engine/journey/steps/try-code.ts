/** Code on a few rows of the old database, before it may become part of the plan; the plan stays as it is. */
import type { z } from 'zod';
import type { CodeTrial, RowTrouble, TriedRow } from '../../contract/code-trial.ts';
import type { CodeToTry, trialFacts } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownText } from '../../core/shown-text.ts';
import { planWithDraft } from '../../plan/changes/draft-code.ts';
import { countOf, formatCount, joinWords } from '../../report/words.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { shownCode } from '../facts/shown-transform.ts';
import { lowerWords, shownName } from '../facts/told-names.ts';
import { anyPlan } from '../plan-in-hand.ts';

type Trial = z.infer<typeof trialFacts>;

const USUAL_ROWS = 20;
const MOST_ROWS = 500;
/** Rows told of each sort. */
const SHOWN = 4;
const SHOWN_TROUBLES = 8;

/** @throws MigrationError PLAN_MISSING, why the draft cannot be tried, or what the databases throw */
export async function tryCode(deps: JourneyDependencies, given: CodeToTry): Promise<Told<Trial>> {
  const { engine, workspace } = deps;
  const { plan } = anyPlan(deps);
  const { entity, source } = given;
  const sample = Math.min(MOST_ROWS, Math.max(1, Math.trunc(given.sample ?? USUAL_ROWS)));
  const tried =
    source === null
      ? { plan, column: given.column }
      : planWithDraft(workspace.planText()!, { ...given, source }, workspace.readCode);
  const trial = await engine.tryCode(tried.plan, { entity, column: tried.column, sample });
  const data = factsOf(trial, source !== null);
  return { data, words: wordsOf(data), choices: choicesOf(data) };
}

function factsOf(trial: CodeTrial, isDraft: boolean): Trial {
  const { rows, name, reads, writes, ...rest } = trial;
  const shown = (trouble: RowTrouble): RowTrouble => ({
    ...trouble,
    column: trouble.column === null ? null : shownName(trouble.column),
    // code of the plan may have been written by somebody else, who knows the rows
    code: trouble.code === null ? null : shownCode(trouble.code.trim(), !isDraft, [...reads, ...writes]),
  });
  const bad = rows.filter(({ trouble }) => trouble !== null).slice(0, SHOWN);
  const good = rows.filter(({ trouble }) => trouble === null).slice(0, SHOWN);
  return {
    entity: rest.entity,
    code: shownText(name, 200),
    reads: reads.map(shownName),
    writes: writes.map(shownName),
    outcome: rest.outcome,
    typeErrors: rest.typeErrors.map(({ line, column, message }) => ({
      ...{ line, column },
      message: shownText(message, 400),
    })),
    typeErrorCount: rest.typeErrorCount,
    failure: rest.failure,
    tried: rows.length,
    setAside: rest.setAside,
    troubles: troublesOf(rows).map(({ trouble, count }) => ({ ...shown(trouble), rows: count })),
    rows: [...bad, ...good].map(({ key, before, after, trouble }) => ({
      key,
      before: named(before),
      after: after === null ? null : named(after),
      trouble: trouble === null ? null : shown(trouble),
    })),
    repeatable: rest.repeatable,
    rowsPerSecond: rest.rowsPerSecond,
    unchecked: rest.unchecked.map(shownName),
  };
}

function troublesOf(rows: readonly TriedRow[]): { trouble: RowTrouble; count: number }[] {
  const groups = new Map<string, { trouble: RowTrouble; count: number }>();
  for (const { trouble } of rows) {
    if (trouble === null) continue;
    const id = JSON.stringify(trouble);
    const group = groups.get(id) ?? { trouble, count: 0 };
    group.count++;
    groups.set(id, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, SHOWN_TROUBLES);
}

function named(row: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [shownName(name), value]));
}

const UNCHANGED = 'Nothing was changed: the plan is as it was.';

function wordsOf(trial: Trial): string {
  return [resultWords(trial), UNCHANGED].join(' ');
}

function resultWords(trial: Trial): string {
  const { outcome, writes, entity, typeErrorCount, tried, failure } = trial;
  const code = `The code of ${joinWords(writes)} in ${lowerWords(entity)}`;
  const because = failure === null ? '' : ` ${failure.message} ${failure.hint}`;
  switch (outcome) {
    case 'type-errors':
      return `${code} was not run: the compiler finds ${countOf(typeErrorCount, 'mistake')} in it. ${typeWords(trial)}`;
    case 'no-sandbox':
      return `${code} has the right types, but it could not be run here.${because}`;
    case 'failed':
      return `${code} did not get through the rows.${because}`;
    case 'not-repeatable':
      return `${code} does not always give the same result for the same row, so it cannot be used.${because}`;
    default:
      return tried === 0
        ? `${code} has the right types; there was no row to try it on.`
        : `${code} was tried on ${countOf(tried, 'row')}, of which only the form is shown. ${triedWords(trial)}`;
  }
}

function typeWords({ typeErrors }: Trial): string {
  return typeErrors
    .slice(0, 3)
    .map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`)
    .join(' ');
}

function triedWords({ tried, setAside, troubles, rowsPerSecond, unchecked, rows }: Trial): string {
  const steady = 'Each gave the same result twice.';
  const speed =
    rowsPerSecond === null ? '' : ` Alone it does about ${formatCount(rowsPerSecond)} rows a second.`;
  const open =
    unchecked.length === 0 ? '' : ` Whether ${joinWords(unchecked)} fits only a rehearsal can tell.`;
  if (setAside === 0)
    return `All come out as the new system wants them. ${steady}${speed}${open}${example(rows)}`;
  const why = troubles
    .slice(0, 3)
    .map(
      ({ rows: count, line, message, code }) =>
        `${countOf(count, 'row')}${line === null ? '' : `, at line ${line}`}: ${message}${code === null ? '' : ` That line reads: ${code}`}`,
    )
    .join(' ');
  return `${formatCount(tried - setAside)} come out, ${formatCount(setAside)} would be set aside. ${why}`;
}

function example(rows: Trial['rows']): string {
  const [row] = rows;
  if (row?.after == null) return '';
  const told = (cells: Readonly<Record<string, string | null>>) =>
    Object.entries(cells)
      .map(([name, value]) => `${name} ${value === null ? 'empty' : `“${value}”`}`)
      .join(', ');
  return ` For example ${told(row.before)} becomes ${told(row.after)}.`;
}

function choicesOf({ entity, outcome }: Trial): string[] {
  const mapping = `Show how ${lowerWords(entity)} moves`;
  return outcome === 'no-sandbox' ? ['What is the sandbox?', mapping] : [mapping, 'Rehearse first'];
}
