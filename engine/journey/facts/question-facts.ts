/** What the plan cannot decide, one question at a time. */
import type { z } from 'zod';
import type { questionsFacts, questionFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence } from '../../core/shown-text.ts';
import { openQuestions } from '../../plan/open-questions.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { PlanQuestion } from '../../plan/questions.ts';
import { countOf } from '../../report/words.ts';

type QuestionFacts = z.infer<typeof shape>;
type QuestionsFacts = z.infer<typeof questionsFacts>;

export function questionsTold(plan: PlanFile, after: number | null): Told<QuestionsFacts> {
  const data: QuestionsFacts = {
    total: plan.questions.length,
    open: openQuestions(plan).length,
    unanswered: plan.questions.filter(({ answer }) => answer === null).length,
    next: nextQuestion(plan, after),
    questions: plan.questions.map(questionOf),
  };
  return { data, words: wordsOf(data), choices: choicesOf(data.next) };
}

/** Behind the one named, then from the beginning; those that need an answer come first. */
export function nextQuestion(plan: PlanFile, after: number | null): QuestionFacts | null {
  const open = openQuestions(plan);
  const waiting = open.length > 0 ? open : plan.questions.filter(({ answer }) => answer === null);
  const next = waiting.find(({ number }) => after !== null && number > after) ?? waiting[0];
  return next ? questionOf(next) : null;
}

function questionOf(question: PlanQuestion): QuestionFacts {
  const { number, text, why, required, choices, recommended, answer } = question;
  const first = choices.filter(({ id }) => id === recommended);
  return {
    number,
    text: shownSentence(text, 700),
    why: shownSentence(why, 700),
    required,
    choices: [...first, ...choices.filter(({ id }) => id !== recommended)].map((choice) => ({
      id: choice.id,
      text: shownSentence(choice.text, 200),
    })),
    recommended,
    answer,
  };
}

/** One question as it is put to a person. */
export function askedWords({ number, text, required, choices, answer }: QuestionFacts): string {
  const [recommended] = choices;
  const said = choices.find(({ id }) => id === answer);
  if (said)
    return `Question ${number} waits for what was answered: ${said.text} Until that is done, or it is answered otherwise, nothing can be approved.`;
  const need = required ? '' : ' It may be left as it is proposed.';
  return `Question ${number}: ${text}${need} I recommend: ${recommended!.text.replace(/\.$/, '')}.`;
}

export function choicesOf(next: QuestionFacts | null): string[] {
  if (next === null) return ['Rehearse first', 'Show the plan'];
  return [
    ...next.choices.map(({ text }) => text),
    'Why do you ask?',
    'Next question',
    'Take your recommendations for the rest',
  ];
}

function wordsOf({ total, open, next }: QuestionsFacts): string {
  if (total === 0) return 'The plan has no questions for you.';
  if (next === null) return `All ${countOf(total, 'question')} about the plan are answered.`;
  const head =
    open === 0
      ? 'Nothing has to be answered any more.'
      : `${countOf(open, 'question')} about the plan must be answered before anything can be approved.`;
  return `${head} ${askedWords(next)}`;
}
