/** `towpath sandbox try`: a draft of code, or the code of the plan, on a few rows. Reads the old database, writes nothing. */
import { dirname, isAbsolute, relative } from 'node:path';
import type { CodeTrial, TrialOutcome } from '../../engine/contract/code-trial.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { CodeDraft } from '../../engine/plan/changes/draft-code.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { readTextFile } from '../../engine/workspace/files.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { codeOf, loadPlan, planText } from '../plan-in-use.ts';
import { trialLines } from '../text/trial-lines.ts';
import { usageError } from '../usage-error.ts';

export interface TryOptions {
  readonly entity?: string;
  readonly code?: string;
  readonly column?: string;
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  readonly sample: number;
  readonly showValues?: boolean;
}

const codes: Readonly<Record<TrialOutcome, ExitCode>> = {
  passed: exitCode.done,
  'rows-refused': exitCode.partial,
  'type-errors': exitCode.gateClosed,
  'no-sandbox': exitCode.gateClosed,
  'not-repeatable': exitCode.gateClosed,
  failed: exitCode.gateClosed,
};

export async function tryCode(context: Context, options: TryOptions): Promise<ExitCode> {
  const { entity, sample, showValues = false } = options;
  if (entity === undefined)
    throw usageError(
      'It is not said whose rows the code is tried on.',
      'Name the entity: towpath sandbox try --entity patients --column name --code name.ts',
    );
  const { plan, column } = await planToTry(context, entity, options);
  const trial = await context.withEngine('source', (engine) =>
    engine.tryCode(plan, { entity, column, sample, values: showValues ? 'shown' : 'masked' }),
  );
  context.output.result({ status: trial.outcome === 'passed' ? 'success' : 'error', ...trial });
  context.output.say(...trialLines(trial, fileOf(context, trial, options.code)));
  return codes[trial.outcome];
}

/** With a file the plan as it would be with it; else the plan as it stands. */
async function planToTry(
  context: Context,
  entity: string,
  options: TryOptions,
): Promise<{ plan: PlanFile; column: string | null }> {
  const { code, column = null, reads, writes } = options;
  if (code === undefined) {
    if (reads || writes)
      throw usageError(
        '--reads and --writes say what the code of a file reads and writes, and no file is named.',
        'Name it with --code; or give --column alone, for code that the plan has already.',
      );
    return { plan: await loadPlan(context), column };
  }
  if (column === null && writes === undefined)
    throw usageError(
      'It is not said what the code writes.',
      'Give --column NAME for code of one column, or --reads a,b --writes c,d for code of several.',
    );
  if (column !== null && writes !== undefined)
    throw usageError(
      '--column and --writes exclude each other.',
      'Give --column for code of one column, or --writes for code of several.',
    );
  if (writes !== undefined && reads === undefined)
    throw usageError('It is not said what the code reads.', 'Name the old columns: --reads a,b');
  const draft: CodeDraft = {
    ...{ entity, column, source: sourceOf(context, code), reads: reads ?? null },
    writes: writes?.map(written) ?? null,
  };
  const { planWithDraft } = await import('../../engine/plan/changes/draft-code.ts');
  return planWithDraft(planText(context), draft, codeOf(context));
}

/** `first_name:text` is a column to be made. */
function written(text: string): { column: string; type: string | null } {
  const at = text.indexOf(':');
  return at < 0 ? { column: text, type: null } : { column: text.slice(0, at), type: text.slice(at + 1) };
}

const MOST_CHARACTERS = 100_000;

function sourceOf(context: Context, file: string): string {
  const source = readTextFile(context.path(file));
  if (source === null)
    throw new MigrationError({
      code: 'FILE_MISSING',
      message: `There is no file ${file}.`,
      hint: 'Name a file with TypeScript: export default function transform(row: Row): Result { … }',
    });
  if (source.trim() !== '' && source.length <= MOST_CHARACTERS) return source;
  throw new MigrationError({
    code: 'FILE_INVALID',
    message: `${file} is empty or too long for code of a plan.`,
    hint: 'Keep it to what one row needs.',
  });
}

/** The file that was named, or the one that the plan names. */
function fileOf({ planPath, world }: Context, { name }: CodeTrial, file: string | undefined): string | null {
  if (file !== undefined) return file;
  if (!name.endsWith('.ts')) return null;
  const path = relative(world.cwd, `${dirname(planPath)}/${name}`);
  return isAbsolute(path) ? name : path;
}
