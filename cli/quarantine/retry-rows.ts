/** `towpath quarantine retry`: moves rows that were set aside by the plan as it stands now, with an approval of its own. */
import type { Engine } from '../../engine/contract/contract.ts';
import type { RetryReport } from '../../engine/contract/quarantine.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { planHash } from '../../engine/plan/plan-hash.ts';
import { readTextFile, writeTextFile } from '../../engine/workspace/files.ts';
import { type Followed, withPlanAhead } from '../../engine/workspace/plan-ahead.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-codes.ts';
import { retryDocument } from '../json/retry-result.ts';
import { errorLines } from '../report-error.ts';
import { createStopSignal } from '../stop-signal.ts';
import { approvalLines } from '../text/approval-lines.ts';
import { pageWidth } from '../text/broken-line.ts';
import { plainText } from '../text/table.ts';
import { type ChosenRows, chosenRows, commandWords } from './chosen-rows.ts';
import { chosenRun, type QuarantineOptions } from './options.ts';
import { nextLines, reportLines } from './retry-lines.ts';
import { problemOf } from './retry-problem.ts';

export async function retryRows(
  context: Context,
  options: QuarantineOptions,
  ids: readonly string[],
): Promise<ExitCode> {
  const startTime = context.world.clock.now();
  const { report, changes } = await context.withEngine('both', async (engine) => {
    const all = await engine.causeCards(chosenRun(options));
    const { run, chosen } = await chosenRows(context, engine, all, { options, ids });
    if (chosen === null) return { report: nothingChosen(run), changes: [] };
    const { result, changed } = await retry(context, engine, chosen, options, ids);
    return { report: result, changes: changed ? chosen.wanted.changes : [] };
  });
  const endTime = context.world.clock.now();
  const problem = problemOf(context, report);
  context.output.result(retryDocument(report, { startTime, endTime, changes, problem }));
  if (changes.length > 0)
    context.output.say('Changed in the plan file:', ...changes.map((words) => `  ${plainText(words, 300)}`));
  context.output.say(...reportLines(report));
  if (problem === null) context.output.say(...nextLines(context, report));
  else context.output.warn(...errorLines(problem, context.verbose));
  return problem === null ? exitCode.done : exitCodeOf(problem.code);
}

function nothingChosen({ runId, planHash: hash, state }: ChosenRows['run']): RetryReport {
  const none = { rows: 0, entities: [], stillHeld: [], canFollow: [], validation: null };
  return { ...none, runId, planHash: hash, runState: state };
}

/** The plan file holds what was suggested afterwards where the run goes by it, and else what it held before. */
async function retry(
  context: Context,
  engine: Engine,
  { run: { runId }, ids: cards, wanted: { plan, text } }: ChosenRows,
  options: QuarantineOptions,
  ids: readonly string[],
): Promise<Followed<RetryReport>> {
  const { planPath } = context;
  const read = () => readTextFile(planPath);
  const file = { read, write: (changed: string) => writeTextFile(planPath, changed), text };
  const work = () =>
    stoppably(context, (signal) =>
      engine.retry({
        ...{ runId, cards, signal },
        ...(plan === null ? {} : { plan }),
        approveAs: options.yes === true ? (options.as ?? context.world.userName) : null,
        validate: options.validate !== false,
      }),
    );
  const follows = async (report: RetryReport | null) =>
    plan !== null && (report ?? (await engine.status(runId))).planHash === planHash(plan);
  try {
    return await withPlanAhead(file, work, follows);
  } catch (error) {
    if (text !== null && read() === text)
      context.output.warn('The plan file holds what the cards suggest now.');
    if (error instanceof MigrationError && exitCodeOf(error.code) === exitCode.waitingForApproval) {
      const again = commandWords('retry', options, ids);
      throw await asked(context, engine, { runId, cards, plan, again }, error);
    }
    throw error;
  }
}

async function stoppably<T>(context: Context, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = createStopSignal(context.world, {
    first: () => ['Stopping. What was moved is in; what is not compared yet is told as such.'],
    second: () => ['Stopped. What had not been committed is rolled back by the server.'],
    say: (line) => context.output.warn(line),
  });
  try {
    return await work(stop.signal);
  } finally {
    stop.dispose();
  }
}

interface Refused {
  readonly runId: string;
  readonly cards: readonly string[];
  readonly plan: PlanFile | null;
  /** The command that was given. */
  readonly again: string;
}

/** A person is asked, with a card that stays until somebody decides. */
async function asked(
  context: Context,
  engine: Engine,
  { runId, cards, plan, again }: Refused,
  error: MigrationError,
): Promise<MigrationError> {
  if (error.code === 'APPROVAL_DECLINED') return error;
  const wanted = plan ?? (await engine.storedPlan((await engine.status(runId)).planHash));
  const wish = { action: 'retry-quarantine', runId, plan: wanted, cards } as const;
  const card = await engine.requestApproval(wish, context.world.userName);
  context.output.say(...approvalLines(card, pageWidth(context.world)), '');
  return new MigrationError({
    code: error.code,
    message: error.message,
    hint: `Nothing was moved, and the plan file is as it was. Approve it with ${context.again(`approve --request ${card.id}`)}, then: ${context.again(again)}. Or say yes at once with --yes.`,
    details: { ...error.details, approvalId: card.id },
    cause: error,
  });
}
