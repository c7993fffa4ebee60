/**
 * Tries one piece of code of a plan on a few rows of the source: types, then rows twice in runners that share nothing, then
 * whether what it gave fits the columns. Promise: the source is only read, and plan, target and control schema are not
 * touched; what is wrong is a value and not an error; and nothing of a row is told that `values` does not allow.
 */
import { type CodeRunners, isCodeFailure, type RowOutcome } from '../../contract/code.ts';
import type { CodeTrial, RowTrouble, TriedRow, TryCodeOptions } from '../../contract/code-trial.ts';
import { unstorable } from '../../copy/code/answered-rows.ts';
import { cannotRun, notSteady } from '../../copy/code/code-errors.ts';
import { answerTwice } from '../../copy/code/same-answers.ts';
import { MigrationError } from '../../core/errors.ts';
import { shownText } from '../../core/shown-text.ts';
import type { Database } from '../../db/database.ts';
import { MOST_PROBLEMS, typeProblemsOf } from '../../mapping/code/check-code-types.ts';
import { codeUnit } from '../../mapping/code/code-unit.ts';
import { codeName } from '../../plan/code-units.ts';
import { readCurrentCatalog } from '../../plan/current-catalog.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { chooseCode, refuseMistakes } from './chosen-code.ts';
import { createFitting } from './fitting.ts';
import { measurePace } from './measure-pace.ts';
import { failureWords, refusalWords } from './refusal-words.ts';
import { type SampleRow, sampleRows } from './sample-rows.ts';
import { createValueTeller } from './shown-values.ts';

export interface TrialDependencies {
  readonly source: Database;
  readonly runners: CodeRunners;
}

/**
 * @throws MigrationError UNKNOWN_ENTITY, UNKNOWN_COLUMN, NO_CODE, AMBIGUOUS_NAME, CODE_DOES_NOT_FIT (what it reads or writes is
 * not there), SOURCE_DRIFT, or what the databases throw
 */
export async function tryCode(
  { source, runners }: TrialDependencies,
  plan: PlanFile,
  options: TryCodeOptions,
): Promise<CodeTrial> {
  const catalog = await readCurrentCatalog(source, plan);
  const { entity, table, code } = chooseCode(plan, catalog, options);
  refuseMistakes(plan, catalog, entity.name);
  const problems = await typeProblemsOf({ entity, table, enums: catalog.enums, code }, runners);
  const whose = { entity: entity.name, name: codeName(code) };
  const known = {
    ...whose,
    reads: code.reads,
    writes: code.writes,
    ...nothingYet,
    typeErrors: problems.slice(0, MOST_PROBLEMS),
    typeErrorCount: problems.length,
    values: options.values,
  };
  if (problems.length > 0) return { ...known, outcome: 'type-errors' };
  const unit = codeUnit(entity, table, code);
  const fitting = createFitting(entity, code.writes);
  const { unchecked } = fitting;
  const notLoaded = await load(runners, unit, whose);
  if (notLoaded !== null) return { ...known, ...notLoaded, unchecked };
  const rows = await sampleRows(source, entity, table, code.reads, options.sample);
  const portion = rows.map(({ cells }) => cells);
  try {
    const { outcomes, unsteady } = await answerTwice(runners, unit, whose, portion);
    const told = tellRows({ entity, unit, fitting, values: options.values }, rows, outcomes);
    const setAside = told.filter(({ trouble }) => trouble !== null).length;
    const tried = { ...known, unchecked, rows: told, setAside, repeatable: unsteady === null };
    if (unsteady !== null) {
      const { message, hint } = notSteady(whose, unsteady);
      return { ...tried, outcome: 'not-repeatable', failure: { kind: 'not-repeatable', message, hint } };
    }
    const rowsPerSecond = await measurePace(runners, unit, portion);
    return { ...tried, outcome: setAside > 0 ? 'rows-refused' : 'passed', rowsPerSecond };
  } catch (error) {
    const failure = failureOf(error, options);
    if (failure === null) throw error;
    const outcome = failure.kind === 'not-repeatable' ? 'not-repeatable' : 'failed';
    return { ...known, unchecked, outcome, failure, repeatable: outcome === 'failed' ? null : false };
  }
}

const nothingYet = {
  failure: null,
  rows: [],
  setAside: 0,
  repeatable: null,
  rowsPerSecond: null,
  unchecked: [],
} as const;

/** Loaded without a row, so that what is said of it can hold nothing of one. */
async function load(
  runners: CodeRunners,
  unit: Parameters<CodeRunners['open']>[0],
  whose: { readonly entity: string; readonly name: string },
): Promise<Pick<CodeTrial, 'outcome' | 'failure'> | null> {
  try {
    const runner = await runners.open(unit);
    await runner.close();
    return null;
  } catch (error) {
    if (!isCodeFailure(error)) throw error;
    const { code, message, hint } = cannotRun(whose, error);
    const outcome =
      code === 'SANDBOX_MISSING'
        ? 'no-sandbox'
        : code === 'CODE_NOT_DETERMINISTIC'
          ? 'not-repeatable'
          : 'failed';
    return { outcome, failure: { kind: error.kind, message, hint } };
  }
}

/** Codes of what unit-runner.ts throws. */
const STOPS = ['CODE_STOPPED', 'CODE_NOT_LOADED', 'CODE_NOT_DETERMINISTIC', 'SANDBOX_MISSING'];

/** Rows had been handed over, so the sandbox's own words are told to a person who may see rows only. */
function failureOf(error: unknown, { values }: TryCodeOptions): CodeTrial['failure'] {
  if (!(error instanceof MigrationError) || !STOPS.includes(error.code)) return null;
  const { kind: told } = (error.details ?? {}) as { kind?: unknown };
  const kind = typeof told === 'string' ? told : 'stopped';
  return {
    kind,
    message: values === 'shown' ? shownText(error.message, 500) : failureWords(kind),
    hint: error.hint,
  };
}

interface Telling {
  readonly entity: Parameters<typeof createValueTeller>[0];
  readonly unit: Parameters<typeof createValueTeller>[1];
  readonly fitting: ReturnType<typeof createFitting>;
  readonly values: TryCodeOptions['values'];
}

function tellRows(
  { entity, unit, fitting, values }: Telling,
  rows: readonly SampleRow[],
  outcomes: readonly RowOutcome[],
): TriedRow[] {
  const teller = createValueTeller(entity, unit, values);
  const lines = unit.source.split('\n');
  return rows.map(({ key, cells }, i): TriedRow => {
    const outcome = outcomes[i]!;
    const row = { key: teller.key(key), before: teller.before(cells) };
    if (!outcome.ok) {
      const words =
        values === 'shown'
          ? { message: shownText(outcome.message, 500), column: null }
          : refusalWords(outcome.message, unit.writes);
      const at = outcome.line === null ? undefined : lines[outcome.line - 1];
      const code = at === undefined ? null : shownText(at, 160);
      const line = at === undefined ? null : outcome.line;
      return { ...row, after: null, repaired: [], trouble: { kind: 'refused', line, code, ...words } };
    }
    const cannot = unstorable(outcome.cells, unit.writes);
    const { misfit, repaired } =
      cannot === null ? fitting.look(outcome.cells) : { misfit: null, repaired: [] };
    const trouble: RowTrouble | null =
      cannot !== null
        ? { kind: 'refused', column: null, line: null, message: cannot, code: null }
        : misfit && {
            kind: 'misfit',
            column: misfit.column,
            line: null,
            message: `What it gives for ${misfit.column} does not fit: ${misfit.message}.`,
            code: null,
          };
    return { ...row, after: teller.after(outcome.cells), repaired, trouble };
  });
}
