/** Answers to questions of the plan: put into the file with what they change. A plan in use is left alone. */
import type { z } from 'zod';
import type { answersFacts } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence } from '../../core/shown-text.ts';
import { proposeEntity } from '../../mapping/propose-entity.ts';
import {
  type Answer,
  type AnsweredPlan,
  answerQuestions,
  recommendedAnswers,
  writtenAnswers,
} from '../../plan/changes/answer-question.ts';
import { openQuestions } from '../../plan/open-questions.ts';
import { countOf } from '../../report/words.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { mistakesOf } from '../facts/plan-facts.ts';
import { askedWords, choicesOf, nextQuestion } from '../facts/question-facts.ts';
import { anyPlan, readablePlan } from '../plan-in-hand.ts';
import { currentRun } from '../state.ts';
import { refuseInUse } from './prepare.ts';

type Answered = z.infer<typeof answersFacts>;

/** @throws PLAN_MISSING, PLAN_IN_USE, UNKNOWN_QUESTION, UNKNOWN_CHOICE, or why the change cannot be made */
export async function answerPlan(
  deps: JourneyDependencies,
  asked: Answer | 'recommended',
): Promise<Told<Answered>> {
  const before = anyPlan(deps);
  await refuseInUse(deps, before);
  const answers = asked === 'recommended' ? recommendedAnswers(before.plan) : [asked];
  const result = write(deps, answers);
  const { plan, hash, mistakes } = anyPlan(deps);
  const data: Answered = {
    answered: result.answered.map(({ number, choice }) => ({
      number,
      answer: choice.id,
      text: shownSentence(choice.text, 200),
    })),
    changes: result.answered.flatMap(({ changes }) => changes.map(({ after }) => shownSentence(after, 400))),
    open: openQuestions(plan).length,
    next: nextQuestion(plan, asked === 'recommended' ? null : asked.number),
    hashBefore: before.hash,
    hashAfter: hash,
    mistakes: mistakesOf(mistakes),
    approvalsLost: hash === before.hash ? 0 : await lostApprovals(deps, before.hash),
  };
  return { data, words: wordsOf(data), choices: choicesOf(data.next) };
}

/** What a person answered in the file itself, before anything is done with the plan. */
export async function applyWritten(deps: JourneyDependencies): Promise<void> {
  const found = readablePlan(deps);
  const answers = found === null ? [] : writtenAnswers(found.plan);
  if (found === null || answers.length === 0) return;
  const inUse = deps.names.target !== null && (await currentRun(deps, found)) !== null;
  if (!inUse) write(deps, answers);
}

function write({ workspace }: JourneyDependencies, answers: readonly Answer[]): AnsweredPlan {
  const catalog = workspace.readCatalog();
  const propose = catalog === null ? undefined : proposeEntity.bind(null, catalog);
  const result = answerQuestions(workspace.planText()!, answers, propose);
  if (result.changed) workspace.writePlanText(result.text);
  return result;
}

async function lostApprovals({ engine, names }: JourneyDependencies, hash: string): Promise<number> {
  if (names.target === null) return 0;
  const granted = await engine.approvals({ states: ['granted'] });
  return granted.filter(({ planHash }) => planHash === hash).length;
}

const MOST_CHANGES = 3;

function wordsOf({ answered, changes, next, mistakes, approvalsLost }: Answered): string {
  const noted =
    answered.length === 0
      ? 'There was nothing left to answer.'
      : answered.length === 1
        ? `Noted for question ${answered[0]!.number}: ${answered[0]!.text}.`
        : `${countOf(answered.length, 'question')} answered as recommended: ${answered.map(({ number, text }) => `${number}, ${text.replace(/\.$/, '')}`).join('; ')}.`;
  const more = changes.length - MOST_CHANGES;
  const changed =
    changes.length === 0
      ? answered.length === 0
        ? ''
        : ' The plan says so already.'
      : ` ${changes.slice(0, MOST_CHANGES).join(' ')}${more > 0 ? ` And ${countOf(more, 'more change')}.` : ''}`;
  const lost =
    approvalsLost === 0
      ? ''
      : ` ${countOf(approvalsLost, 'approval')} of the plan as it was no longer counts.`;
  const wrong =
    mistakes.length === 0
      ? ''
      : ` With this the plan has ${countOf(mistakes.length, 'mistake')}: ${mistakes[0]!.message} ${mistakes[0]!.hint}`;
  return `${noted}${changed}${lost}${wrong} ${next === null ? 'No question is left.' : askedWords(next)}`;
}
