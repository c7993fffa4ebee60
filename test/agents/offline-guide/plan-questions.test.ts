/** The plan's questions in conversation: one at a time, what is recommended, why, the next one, the rest as recommended. */
import { describe, expect, test } from 'vitest';
import type { Journey } from '../../../engine/index.ts';
import { questionsTold } from '../../../engine/journey/facts/question-facts.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import type { PlanQuestion } from '../../../engine/plan/questions.ts';
import { openTalk } from './talk.ts';

const question = (number: number, text: string, first: string, second: string): PlanQuestion => ({
  number,
  about: {},
  text,
  why: `Because of ${number}.`,
  required: true,
  choices: [
    { id: 'a', text: first, changes: [] },
    { id: 'b', text: second, changes: [] },
  ],
  recommended: 'a',
  answer: null,
  applied: 'a',
});

function asking() {
  const plan = {
    entities: [],
    questions: [
      question(1, 'May they stay behind?', 'Yes, they stay behind', 'No, all of them move too'),
      question(2, 'On which clock were they written?', 'UTC time', 'Europe/Berlin time'),
      question(3, 'May it stay behind?', 'Yes, it stays behind', 'No, it moves too'),
    ],
  };
  const answered: string[] = [];
  const told = (after: number | null) => questionsTold(plan as unknown as PlanFile, after);
  const answer = (number: number, choice: string) => {
    const found = plan.questions.find((one) => one.number === number)!;
    const meant = found.choices.find(({ id, text }) => id === choice || text === choice)!;
    found.answer = meant.id;
    answered.push(`${number}${meant.id}`);
    const next = told(number);
    return {
      ...next,
      words: `Noted for question ${number}: ${meant.text}. ${next.words}`,
      data: {
        answered: [],
        changes: [],
        open: next.data.open,
        next: next.data.next,
        hashBefore: 'a',
        hashAfter: 'a',
        mistakes: [],
        approvalsLost: 0,
      },
    };
  };
  const journey: Partial<Journey> = {
    questions: async (after) => told(after),
    answerQuestion: async (number, choice) => answer(number, choice),
    takeRecommended: async () => {
      for (const one of plan.questions) if (one.answer === null) answer(one.number, 'a');
      return { ...answer(3, 'a'), words: 'All taken.' };
    },
  };
  return { journey, answered };
}

const choices = (text: string) => text.split('\n').at(-1);

describe('the questions of a plan', () => {
  test('one at a time: asked, recommended, explained, answered by words and by letter', async () => {
    const { journey, answered } = asking();
    const talk = openTalk({ journey });
    const first = await talk.say('what do I have to decide?');
    expect(first.text).toContain('3 questions about the plan must be answered');
    expect(first.text).toContain('Question 1: May they stay behind? I recommend: Yes, they stay behind.');
    expect(choices(first.text)).toBe(
      '[Yes, they stay behind] [No, all of them move too] [Why do you ask?] [Next question] [Take your recommendations for the rest]',
    );
    expect((await talk.say('what do you recommend?')).text).toContain(
      'Question 1: I recommend “Yes, they stay behind”.',
    );
    expect((await talk.say('why?')).text).toContain('Question 1: Because of 1.');
    expect((await talk.say('b')).text).toContain('Noted for question 1: No, all of them move too.');
    const third = await talk.say('UTC time');
    expect(third.text).toContain('Question 3: May it stay behind?');
    expect(choices(third.text)).toContain('[Yes, it stays behind] [No, it moves too]');
    expect((await talk.say('yes')).text).toContain('are answered');
    expect(answered).toEqual(['1b', '2a', '3a']);
  });

  test('the next one is asked without an answer, and an answer belongs to the question that was asked last', async () => {
    const { journey, answered } = asking();
    const talk = openTalk({ journey });
    await talk.say('show the questions');
    expect((await talk.say('next question')).text).toContain('Question 2: On which clock');
    await talk.say('the second one');
    expect(answered).toEqual(['2b']);
    await talk.say('answer question 1 with a');
    expect(answered).toEqual(['2b', '1a']);
  });

  test('the rest as recommended, only when it is said', async () => {
    const { journey, answered } = asking();
    const talk = openTalk({ journey });
    await talk.say('show the questions');
    expect(answered).toEqual([]);
    const rest = await talk.say('Take your recommendations for the rest');
    expect(rest.text).toContain('All taken.');
    expect(answered).toEqual(['1a', '2a', '3a', '3a']);
  });

  test('after a no, the next question offers its own no', async () => {
    const { journey } = asking();
    const talk = openTalk({ journey });
    await talk.say('show the questions');
    await talk.say('No, all of them move too');
    await talk.say('Europe/Berlin time');
    const back = await talk.say('answer question 1 with b');
    expect(choices(back.text)).toContain('[No, it moves too]');
  });

  test('a letter answers nothing where no question was asked', async () => {
    const { journey, answered } = asking();
    const talk = openTalk({ journey });
    await talk.say('where are we');
    await talk.say('b');
    expect(answered).toEqual([]);
  });
});
