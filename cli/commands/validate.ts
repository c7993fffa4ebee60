/** `towpath validate`: compares the new system with the old one; `--fix` shows what it would change before it does. */

import type { Engine } from '../../engine/contract/contract.ts';
import type {
  ValidateOptions as EngineOptions,
  ValidationReport,
  ValidationType,
} from '../../engine/contract/validation.ts';
import { nearest } from '../../engine/plan/nearest.ts';
import { countOf } from '../../engine/report/words.ts';
import { askForYes, canAsk } from '../ask.ts';
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { validationDocument } from '../json/validation-result.ts';
import { list, wholeNumber } from '../option-values.ts';
import { createStopSignal } from '../stop-signal.ts';
import { validationLines } from '../text/validation-lines.ts';
import { usageError } from '../usage-error.ts';

export interface ValidateOptions {
  readonly entities?: readonly string[];
  readonly fix?: boolean;
  readonly sample?: number;
  readonly yes?: boolean;
  readonly detailed?: boolean;
}

const types = [
  'all',
  'integrity',
  'completeness',
  'accuracy',
  'performance',
] as const satisfies readonly ValidationType[];

export const validateCommand: CommandModule<ValidateOptions> = {
  configure(command) {
    command
      .argument('[type]', `${types.join(', ')} (default: all)`)
      .argument('[run]', 'the run (default: the newest)')
      .option('--entities <names>', 'only these entities or groups, separated by commas', list)
      .option(
        '--sample <rows>',
        'compare only this many rows of each entity; the report says so',
        wholeNumber(1, 1_000_000_000),
      )
      .option('--fix', 'put right what can be put right safely, after showing it')
      .option('--yes', 'with --fix: do not ask')
      .option('--detailed', 'with --json: also the values that differ')
      .addHelpText(
        'after',
        '\nEnds with 0 if everything that was asked for matches, 3 if something differs or could not be checked.\nExample:\n  towpath validate integrity --entities core',
      );
  },
  async run(context, options, words) {
    const report = await validate(context, options, words);
    context.output.result(validationDocument(report, options.detailed ?? false));
    context.output.say(...validationLines(report));
    return codeOf(report);
  },
};

export function validate(
  context: Context,
  options: ValidateOptions,
  words: readonly string[],
): Promise<ValidationReport> {
  const { type, runId } = readWords(words);
  return context.withEngine('both', async (engine) => {
    const stop = createStopSignal(context.world, {
      first: () => ['Stopping. What has been compared so far is kept in the report.'],
      second: () => ['Stopped.'],
      say: (line) => context.output.warn(line),
    });
    const request: EngineOptions = {
      type,
      entities: options.entities ?? [],
      fix: false,
      signal: stop.signal,
      ...(runId === undefined ? {} : { runId }),
      ...(options.sample === undefined ? {} : { sample: options.sample }),
    };
    try {
      const report = await engine.validate(request);
      return options.fix === true
        ? await fix(context, engine, request, report, options.yes ?? false)
        : report;
    } finally {
      stop.dispose();
    }
  });
}

async function fix(
  context: Context,
  engine: Engine,
  request: EngineOptions,
  report: ValidationReport,
  yes: boolean,
): Promise<ValidationReport> {
  const fixable = report.issues.filter((issue) => issue.fix !== undefined);
  if (fixable.length === 0) {
    context.output.warn('There is nothing to fix.');
    return report;
  }
  const byEntity = Map.groupBy(fixable, (issue) => issue.entity);
  context.output.warn(
    ...[...byEntity].map(
      ([entity, issues]) => `  ${entity}: ${countOf(issues.length, 'row')} would be put right`,
    ),
  );
  const may =
    yes || (canAsk(context.world) && (await askForYes(context.world, 'Type yes to change these rows: ')));
  if (!may) {
    context.output.warn('Nothing was changed. Next: the same command with --yes, or at a terminal.');
    return report;
  }
  return engine.validate({ ...request, fix: true });
}

function readWords(words: readonly string[]): { type: ValidationType; runId: string | undefined } {
  const [first, second] = words;
  const type = types.find((word) => word === first);
  if (type !== undefined) return { type, runId: second };
  if (first === undefined) return { type: 'all', runId: undefined };
  const near = nearest(first, types);
  if (second === undefined && near === null && /\d/.test(first)) return { type: 'all', runId: first };
  throw usageError(
    `There is no validation named “${first}”.`,
    near === null
      ? `Give one of ${types.join(', ')}.`
      : `Did you mean ${near}? There are ${types.join(', ')}.`,
  );
}

function codeOf(report: ValidationReport): ExitCode {
  return report.overallStatus === 'verified' ? exitCode.done : exitCode.gateClosed;
}
