/** `towpath map answer`: the plan's questions shown, and answered one by one, by number, or all as recommended. */
import { basename } from 'node:path';
import { MigrationError } from '../../engine/core/errors.ts';
import { proposeEntity } from '../../engine/mapping/propose-entity.ts';
import {
  type Answer,
  type AnsweredPlan,
  answerQuestions,
  recommendedAnswers,
  writtenAnswers,
} from '../../engine/plan/changes/answer-question.ts';
import type { ProposeEntity } from '../../engine/plan/changes/take-in-table.ts';
import { openQuestions } from '../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import type { PlanQuestion } from '../../engine/plan/questions.ts';
import { countOf } from '../../engine/report/words.ts';
import { readCatalogFile } from '../../engine/workspace/catalog-file.ts';
import { writeTextFile } from '../../engine/workspace/files.ts';
import { type Asking, canAsk, openAsking } from '../ask.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { hashOfPlan, loadPlan, planText } from '../plan-in-use.ts';
import { plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';
import { questionLines } from './question-lines.ts';

export interface AnswerOptions {
  readonly catalog: string;
  readonly allRecommended?: boolean;
}

export async function answerPlan(
  context: Context,
  options: AnswerOptions,
  [number, choice]: readonly string[],
): Promise<ExitCode> {
  const plan = await loadPlan(context);
  if (options.allRecommended === true) {
    if (number !== undefined)
      throw usageError('--all-recommended answers every question.', 'Leave the number out.');
    const asked = plan.questions.filter(({ answer }) => answer === null);
    context.output.say(...asked.flatMap(questionLines));
    return conclude(context, answerFile(context, options, recommendedAnswers(plan)));
  }
  if (number !== undefined) {
    if (choice === undefined) return showOne(context, plan, number);
    return conclude(context, answerFile(context, options, [{ number: numberOf(number), choice }]));
  }
  const waiting = plan.questions.filter(({ answer }) => answer === null);
  if (waiting.length > 0 && canAsk(context.world) && !context.output.json)
    return askAll(context, options, waiting.length);
  context.output.say(...plan.questions.flatMap(questionLines));
  return conclude(context, answerFile(context, options, []));
}

/** Answers that a person wrote into the file, applied to the plan; nothing is written where there is none. */
export function applyWritten(context: Context, catalog: string, plan: PlanFile): AnsweredPlan {
  return answerFile(context, { catalog }, writtenAnswers(plan));
}

function answerFile(context: Context, options: AnswerOptions, answers: readonly Answer[]): AnsweredPlan {
  const answered = answerQuestions(planText(context), answers, proposalsOf(context, options.catalog));
  if (answered.changed) writeTextFile(context.planPath, answered.text);
  return answered;
}

function proposalsOf(context: Context, file: string): ProposeEntity | undefined {
  const catalog = readCatalogFile(context.path(file));
  if (catalog === null) return undefined;
  return (plan, table) => proposeEntity(catalog, plan, table);
}

async function showOne(context: Context, plan: PlanFile, said: string): Promise<ExitCode> {
  const wanted = numberOf(said);
  const question = plan.questions.find(({ number }) => number === wanted);
  if (!question)
    throw usageError(
      `The plan has no question ${wanted}.`,
      `See all of them: ${context.again('map answer')}`,
    );
  context.output.result({ status: 'success', questions: [question] });
  context.output.say(
    ...questionLines(question),
    `Answer it with: ${context.again(`map answer ${wanted} ${question.recommended}`)}`,
  );
  return exitCode.done;
}

async function askAll(context: Context, options: AnswerOptions, total: number): Promise<ExitCode> {
  context.output.say(
    `${countOf(total, 'question')}. Type a letter, “?” for the recommended one, or nothing to leave it for later.`,
    '',
  );
  const asking = openAsking(context.world);
  try {
    for (const { number } of (await loadPlan(context)).questions)
      await askOne(context, options, asking, number);
  } finally {
    asking.close();
  }
  return conclude(context, answerFile(context, options, []));
}

/** An empty line leaves it for later; what is no choice is asked again. */
async function askOne(
  context: Context,
  options: AnswerOptions,
  asking: Asking,
  number: number,
): Promise<void> {
  const { output } = context;
  const question = (await loadPlan(context)).questions.find((item) => item.number === number)!;
  if (question.answer !== null) return;
  output.say(...questionLines(question));
  for (;;) {
    const said = (await asking.ask(`Your answer (${question.recommended} is recommended): `))?.trim() ?? '';
    if (said === '') return;
    try {
      const choice = said === '?' ? 'recommended' : said;
      sayAnswered(context, answerFile(context, options, [{ number, choice }]));
      output.say('');
      return;
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error;
      output.warn(`${error.message} ${error.hint}`);
    }
  }
}

export function sayAnswered(context: Context, { answered }: AnsweredPlan): void {
  for (const { number, choice, changes } of answered) {
    context.output.say(
      `Question ${number}: ${choice.id}, ${plainText(choice.text, 200).replace(/\.$/, '')}.`,
    );
    for (const { after } of changes.slice(0, MOST_CHANGES)) context.output.say(`  ${plainText(after, 300)}`);
    if (changes.length > MOST_CHANGES)
      context.output.say(`  and ${countOf(changes.length - MOST_CHANGES, 'more change')}.`);
  }
}

const MOST_CHANGES = 5;

async function conclude(context: Context, answered: AnsweredPlan): Promise<ExitCode> {
  const plan = await loadPlan(context);
  const open = openQuestions(plan);
  sayAnswered(context, answered);
  context.output.result({
    status: 'success',
    planHash: await hashOfPlan(plan),
    answered: answered.answered.map(({ number, choice }) => ({ number, answer: choice.id })),
    open: open.map(({ number }) => number),
    questions: plan.questions,
  });
  context.output.say(
    plan.questions.length === 0
      ? 'The plan has no questions.'
      : open.length > 0
        ? stillOpen(context, open)
        : `Nothing has to be answered any more${answered.changed ? `; the answers are in ${basename(context.planPath)}` : ''}. Next: ${context.again('rehearse')}`,
  );
  return exitCode.done;
}

function stillOpen(context: Context, open: readonly PlanQuestion[]): string {
  const unanswered = open.filter(({ answer }) => answer === null);
  const [next] = unanswered.length > 0 ? unanswered : open;
  const otherwise = context.again(`map answer ${next!.number} ${next!.recommended}`);
  return unanswered.length > 0
    ? `${countOf(open.length, 'question')} must still be answered. Next: ${otherwise}`
    : `Question ${next!.number} waits for what its answer says; nothing is approved before. Do that, or answer otherwise: ${otherwise}`;
}

function numberOf(said: string): number {
  if (/^[1-9]\d{0,5}$/.test(said)) return Number(said);
  throw usageError(`“${said}” is no number of a question.`, 'Example: towpath map answer 1 a');
}
