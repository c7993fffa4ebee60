/** The plan's questions, one at a time: asked, explained, answered. */
import { questionsFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { tell } from '../answer.ts';
import { unsure } from '../answers/plan.ts';
import { readQuestionNumber } from '../question-number.ts';
import { writtenValue } from '../slots.ts';
import { call, dataOf, type Moment, resultOf, say } from '../step.ts';
import { ask, type Route } from './lookup.ts';

export const showQuestions: Route = (moment) => ask(moment, 'readQuestions', { after: null });

export const nextOne: Route = (moment) =>
  ask(moment, 'readQuestions', { after: readQuestionNumber(moment.dialogue.lastWords) });

/** Of the question in hand, else of the first that is open. */
export const recommend: Route = (moment) => {
  const found = questionsFacts.safeParse(dataOf(resultOf(moment, 'readQuestions')?.answer ?? null)).data;
  // Without a question in hand or open, the least sure choice is what a recommendation can be about.
  if (found !== undefined && found.next === null && inHand(moment) === null)
    return ask(moment, 'readPlan', {}, unsure);
  return ask(moment, 'readQuestions', { after: null }, recommended(inHand(moment)));
};

export const whyAsked: Route = (moment) =>
  ask(moment, 'readQuestions', { after: null }, reasons(inHand(moment)));

export const answerOne: Route = (moment) => {
  const { understood } = moment.dialogue;
  const number = Number(/\d+/.exec(understood.slots.id ?? '')?.[0]);
  if (!Number.isInteger(number)) return showQuestions(moment);
  const choice = writtenValue(understood, 'value') ?? letterAtEnd(understood.sentence.raw);
  if (choice === null) return ask(moment, 'readQuestions', { after: number - 1 });
  const result = resultOf(moment, 'answerQuestion');
  return result === null ? call('answerQuestion', { number, choice: bare(choice) }) : tell(result);
};

export const takeAll: Route = (moment) => ask(moment, 'takeRecommendations');

function letterAtEnd(raw: string): string | null {
  return /[\s:]\(?([a-z])[.)!]?\s*$/i.exec(raw)?.[1]?.toLowerCase() ?? null;
}

function bare(choice: string): string {
  return choice
    .replace(/^(?:with|is|as|answer|choice|:)\s+/i, '')
    .replace(/[.!]$/, '')
    .trim();
}

function inHand({ dialogue: { lastWords } }: Moment): number | null {
  return readQuestionNumber(lastWords);
}

type Question = NonNullable<ReturnType<typeof questionsFacts.parse>['next']>;

function about(number: number | null, words: (question: Question) => string): Telling {
  return (data) => {
    const facts = questionsFacts.safeParse(data).data;
    if (facts === undefined) return null;
    const question = facts.questions.find((one) => one.number === number) ?? facts.next;
    if (question === null)
      return say('The plan has no open question, so there is nothing to recommend.', ['Show the plan']);
    return say(words(question), [
      ...question.choices.map(({ text }) => text),
      'Next question',
      'Take your recommendations for the rest',
    ]);
  };
}

const recommended = (number: number | null) =>
  about(
    number,
    ({ number: own, choices: [first], why }) =>
      `Question ${own}: I recommend “${first!.text}”. ${why} You decide; I only write your answer into the plan.`,
  );

const reasons = (number: number | null) =>
  about(
    number,
    ({ number: own, why, required }) =>
      `Question ${own}: ${why}${required ? ' It has to be answered before anything can be approved.' : ' It may be left as it is proposed.'}`,
  );
