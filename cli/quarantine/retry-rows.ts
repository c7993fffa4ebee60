/** `towpath quarantine retry`: moves rows that were set aside by the plan as it stands now, with an approval of its own. */
import type { Engine } from '../../engine/contract/contract.ts';
import type { RetryOptions, RetryReport } from '../../engine/contract/quarantine.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import { writeTextFile } from '../../engine/workspace/files.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-codes.ts';
import { createStopSignal } from '../stop-signal.ts';
import { approvalLines } from '../text/approval-lines.ts';
import { pageWidth } from '../text/broken-line.ts';
import { plainText } from '../text/table.ts';
import { chooseCards, chosenRun, isNarrowed, type QuarantineOptions } from './options.ts';
import { stillHeldLines } from './try-rows.ts';
import { wantedPlan } from './wanted-plan.ts';

export async function retryRows(
  context: Context,
  options: QuarantineOptions,
  ids: readonly string[],
): Promise<ExitCode> {
  const report = await context.withEngine('both', async (engine) => {
    const cards = chooseCards(await engine.causeCards(chosenRun(options)), options, ids);
    const { plan, text, changes } = await wantedPlan(context, cards, options.suggested === true);
    if (text !== null) {
      writeTextFile(context.planPath, text);
      context.output.say(
        'Changed in the plan file:',
        ...changes.map((words) => `  ${plainText(words, 300)}`),
      );
    }
    const { runId } = options.run === undefined ? await engine.status() : { runId: options.run };
    return retry(context, engine, plan, {
      runId,
      cards: isNarrowed(options, ids) ? cards.map(({ id }) => id) : [],
      ...(plan === null ? {} : { plan }),
      approveAs: options.yes === true ? (options.as ?? context.world.userName) : null,
      validate: options.validate !== false,
    });
  });
  context.output.result({ status: 'success', ...report });
  context.output.say(...reportLines(report), ...nextLines(context, report));
  if (report.validation === 'differences' || report.validation === 'incomplete') return exitCode.gateClosed;
  const settled = report.entities.some(({ moved, gone, leftOut }) => moved + gone + leftOut > 0);
  return report.rows > 0 && !settled ? exitCode.partial : exitCode.done;
}

async function retry(
  context: Context,
  engine: Engine,
  plan: PlanFile | null,
  wanted: RetryOptions & { readonly runId: string },
): Promise<RetryReport> {
  const stop = createStopSignal(context.world, {
    first: () => ['Stopping. What was moved is in; what is not compared yet is told as such.'],
    second: () => ['Stopped. What had not been committed is rolled back by the server.'],
    say: (line) => context.output.warn(line),
  });
  try {
    return await engine.retry({ ...wanted, signal: stop.signal });
  } catch (error) {
    if (error instanceof MigrationError && exitCodeOf(error.code) === exitCode.waitingForApproval)
      throw await asked(context, engine, plan, wanted, error);
    throw error;
  } finally {
    stop.dispose();
  }
}

/** A person is asked, with a card that stays until somebody decides. */
async function asked(
  context: Context,
  engine: Engine,
  plan: PlanFile | null,
  { runId, cards }: { readonly runId: string; readonly cards: readonly string[] },
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
    hint: `Nothing was moved. Approve it with ${context.again(`approve --request ${card.id}`)} and retry, or say yes at once with --yes.`,
    details: { ...error.details, approvalId: card.id },
    cause: error,
  });
}

function reportLines({ rows, entities, stillHeld, validation, runState }: RetryReport): string[] {
  if (rows === 0) return ['No row is set aside, so there was nothing to move.'];
  const sum = (of: (entity: RetryReport['entities'][number]) => number) =>
    entities.reduce((total, entity) => total + of(entity), 0);
  const line = (count: number, words: string) => (count === 0 ? [] : [`${countOf(count, 'row')} ${words}`]);
  return [
    `${formatCount(sum(({ moved }) => moved))} of ${countOf(rows, 'row')} moved after all.`,
    ...line(
      sum(({ repaired }) => repaired),
      'of them with a noted repair.',
    ),
    ...line(
      sum(({ changedSince }) => changedSince),
      'had changed in the old database since they were set aside; they went by what they are now.',
    ),
    ...line(
      sum(({ relinked }) => relinked),
      'moved earlier without a link got it back.',
    ),
    ...line(
      sum(({ gone }) => gone),
      'no longer in the old database; their copy is kept.',
    ),
    ...line(
      sum(({ leftOut }) => leftOut),
      'left out by the plan’s filter; their copy is kept.',
    ),
    ...stillHeldLines(stillHeld, 'stay set aside'),
    ...(validation === null
      ? [`The run is ${runState.replace('-', ' ')}; nothing was compared.`]
      : [`Compared again: ${validation === 'verified' ? 'everything is as the plan says' : validation}.`]),
  ];
}

function nextLines(context: Context, { canFollow, validation, runId, runState }: RetryReport): string[] {
  if (canFollow.length > 0) {
    const rows = canFollow.reduce((total, card) => total + card.rows, 0);
    return [
      `${countOf(rows, 'row')} set aside for want of these can be tried now.`,
      `Next: ${context.again(`quarantine try ${canFollow.map(({ card }) => card).join(' ')}`)}`,
    ];
  }
  if (validation === 'verified') return [`Next: ${context.again(`report ${runId}`)}`];
  if (runState === 'copied') return [`Next: ${context.again(`validate all ${runId}`)}`];
  return runState === 'completed' ? [] : [`Next: ${context.again(`resume ${runId}`)}`];
}
