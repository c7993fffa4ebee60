/** What the plan cannot decide: shown one at a time, and answered as a person said. Answers edit the plan file only. */
import { z } from 'zod';
import { answersFacts, questionsFacts } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { done } from './envelope.ts';

export const readQuestions = defineTool({
  description:
    'Tells the questions that the plan has for a person: the next one with its choices, the recommended one first, and why it is asked; how many must still be answered. after: the number of the question that was asked last, to come to the next one, else null. Use it to ask one question at a time. Changes nothing.',
  input: z.strictObject({
    after: z.number().int().nullable().describe('number of the question asked last; null for the first'),
  }),
  data: questionsFacts,
  longestText: 800,
  run: async ({ after }, { journey }) => done(await journey.questions(after)),
});

export const answerQuestion = defineTool({
  description:
    'Answers one question of the plan as a person answered it: choice is the letter of a choice, its words, “recommended”, or for a question about the clock the name of a time zone. Never for your own opinion. Edits the plan file only, and tells the next question.',
  input: z.strictObject({
    number: z.number().int().describe('number of the question, as readQuestions tells it'),
    choice: z.string().describe('a, b, c …, the words of the choice, or “recommended”'),
  }),
  data: answersFacts,
  longestText: 800,
  run: async ({ number, choice }, { journey }) => done(await journey.answerQuestion(number, choice)),
});

export const takeRecommendations = defineTool({
  description:
    'Answers every question of the plan that has no answer yet as it is recommended. Only when a person said so in so many words, such as “take your recommendations for the rest”. Edits the plan file only.',
  input: z.strictObject({}),
  data: answersFacts,
  longestText: 800,
  run: async (_input, { journey }) => done(await journey.takeRecommended()),
});
