/** `towpath map`: where every column goes and why, and what is wrong with the plan, by line. */
import { basename } from 'node:path';
import { MigrationError } from '../../engine/core/errors.ts';
import type { LocateLine, PlanFinding } from '../../engine/plan/finding.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf } from '../../engine/report/words.ts';
import type { Catalog } from '../../engine/schema/catalog.ts';
import { readCatalogFile } from '../../engine/workspace/catalog-file.ts';
import { usualCatalog, usualTargetCatalog } from '../../engine/workspace/places.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { showDifference } from '../map/difference.ts';
import { showDrift } from '../map/drift.ts';
import { openQuestionsLine } from '../map/open-questions-line.ts';
import { type AnswerOptions, answerPlan, applyWritten, sayAnswered } from '../map/plan-answers.ts';
import { type Examples, entityLines } from '../map/review-lines.ts';
import { list, oneOf, wholeNumber } from '../option-values.ts';
import { codeOf, hashOfPlan, planText } from '../plan-in-use.ts';

interface MapOptions extends AnswerOptions {
  readonly entities?: readonly string[];
  readonly check?: boolean;
  readonly unsure?: boolean;
  readonly examples: number;
  readonly diff?: string;
  readonly drift?: boolean;
}

export const mapCommand: CommandModule<MapOptions> = {
  configure(command) {
    command
      .argument('[action]', '“answer”: the questions of the plan', oneOf('answer'))
      .argument('[number]', 'with answer: the number of a question')
      .argument('[choice]', 'with answer: the letter of a choice')
      .option('--all-recommended', 'with answer: show all questions and take what is recommended')
      .option('--entities <names>', 'only these entities or groups, separated by commas', list)
      .option('--catalog <file>', 'what “towpath analyze” kept', usualCatalog)
      .option('--unsure', 'only columns that deserve a look, the least sure first')
      .option(
        '--examples <n>',
        'before and after of so many values a column, personal ones masked; 0 asks no server',
        wholeNumber(0, 10),
        3,
      )
      .option(
        '--diff <plan>',
        'what changed since an earlier plan: its file, or the hash of one that was approved',
      )
      .option('--drift', 'what changed in the old database since it was looked at, and what to do')
      .option('--check', 'only check the plan, show no tables')
      .addHelpText(
        'after',
        '\nEnds with 2 if the plan has mistakes, each told with its line.\nExamples:\n  towpath map --entities orders\n  towpath map --unsure --examples 0\n  towpath map --diff plan.before.yaml\n  towpath map answer\n  towpath map answer 3 b\n  towpath map answer --all-recommended',
      );
  },
  async run(context, options, [action, ...words]) {
    if (action === 'answer') return answerPlan(context, options, words);
    await applyAnswers(context, options);
    if (options.drift === true) return showDrift(context, options.catalog);
    if (options.diff !== undefined) return showDifference(context, options.diff);
    const { plan, findings } = await checkedPlan(context, options.catalog);
    const errors = findings.filter((finding) => finding.severity === 'error');
    const { selectEntities } = await import('../../engine/run/select-entities.ts');
    const names = plan === null ? [] : selectEntities(plan, options.entities ?? [], false).names;
    const chosen = plan?.entities.filter((entity) => names.includes(entity.name)) ?? [];
    const examples = errors.length > 0 ? null : await examplesOf(context, options, plan, names);
    context.output.result({
      status: errors.length === 0 ? 'success' : 'error',
      planHash: plan === null ? null : await hashOfPlan(plan),
      findings,
      entities: chosen,
      examples: shownExamples(examples),
    });
    if (options.check !== true)
      context.output.say(
        ...chosen.flatMap((entity) =>
          entityLines(entity, examples?.get(entity.name) ?? null, options.unsure === true),
        ),
      );
    if (plan !== null) context.output.say(...openQuestionsLine(context, plan));
    await sayFindings(context, findings);
    return errors.length === 0 ? exitCode.done : exitCode.usage;
  },
};

/** What a person answered in the file itself is put into the plan before it is shown. */
async function applyAnswers(context: Context, { catalog }: MapOptions): Promise<void> {
  const { readPlan } = await import('../../engine/plan/plan-document.ts');
  const read = readPlan(planText(context));
  if (read.ok) sayAnswered(context, applyWritten(context, catalog, read.plan));
}

type AllExamples = ReadonlyMap<string, Examples>;

/** Null: none were asked for, or the old database cannot be reached, which is told. */
async function examplesOf(
  context: Context,
  { examples: count, check, catalog: file }: MapOptions,
  plan: PlanFile | null,
  entities: readonly string[],
): Promise<AllExamples | null> {
  const catalog = readCatalogFile(context.path(file));
  if (count === 0 || check === true || plan === null || catalog === null) return null;
  try {
    return await context.withEngine('source', (engine) =>
      engine.examples(plan, { catalog, entities, count }),
    );
  } catch (error) {
    const why = error instanceof MigrationError ? error.message : 'the old database did not answer';
    context.output.say(`Without examples: ${why}`, '');
    return null;
  }
}

function shownExamples(examples: AllExamples | null) {
  if (examples === null) return null;
  return Object.fromEntries([...examples].map(([entity, columns]) => [entity, Object.fromEntries(columns)]));
}

async function checkedPlan(
  context: Context,
  catalogFile: string,
): Promise<{ plan: PlanFile | null; findings: readonly PlanFinding[] }> {
  const { readPlan } = await import('../../engine/plan/plan-document.ts');
  const { checkPlan } = await import('../../engine/plan/check-plan.ts');
  const read = readPlan(planText(context), codeOf(context));
  if (!read.ok) return { plan: null, findings: read.findings };
  const catalog = readCatalogFile(context.path(catalogFile));
  if (catalog !== null) {
    const { targetFor } = await import('../../engine/workspace/plan-on-file.ts');
    const target = targetFor(read.plan, readCatalogFile(context.path(usualTargetCatalog)));
    const findings = checkPlan(read.plan, catalog, { locate: read.locate, target });
    const fits = findings.every(({ severity }) => severity !== 'error');
    const ofCode = fits ? await codeFindings(context, read.plan, catalog, read.locate) : [];
    return { plan: read.plan, findings: [...findings, ...ofCode] };
  }
  context.output.warn(
    'The plan was not compared with the source: there is no catalog yet. Next: towpath analyze',
  );
  return { plan: read.plan, findings: [] };
}

/** The compiler reads the code; nothing is run, and no container is needed. */
async function codeFindings(
  context: Context,
  plan: PlanFile,
  catalog: Catalog,
  locate: LocateLine,
): Promise<readonly PlanFinding[]> {
  const { hasCode } = await import('../../engine/plan/code-units.ts');
  if (!hasCode(plan)) return [];
  const { checkCodeTypes } = await import('../../engine/mapping/code/check-code-types.ts');
  const { codeRunners } = await import('../sandbox/code-runners.ts');
  const runners = codeRunners(() => context.environment());
  try {
    return await checkCodeTypes(plan, catalog, runners, locate);
  } finally {
    await runners.close();
  }
}

async function sayFindings(context: Context, findings: readonly PlanFinding[]): Promise<void> {
  const { findingText } = await import('../../engine/plan/finding.ts');
  const file = basename(context.planPath);
  const errors = findings.filter((finding) => finding.severity === 'error');
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  context.output.warn(...errors.map((finding) => `Error: ${findingText(finding, file)}`));
  context.output.say(...warnings.map((finding) => `Note: ${findingText(finding, file)}`));
  context.output.say(
    errors.length === 0
      ? `The plan holds together${warnings.length > 0 ? `, with ${countOf(warnings.length, 'note')}` : ''}. Next: ${context.again('rehearse')}`
      : `${countOf(errors.length, 'mistake')} in the plan. Next: correct the lines, then ${context.again('map --check')}`,
  );
}
