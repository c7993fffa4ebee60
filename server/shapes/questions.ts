/** What the plan cannot decide, and answers to it. */
import { z } from 'zod';
import { answersFacts, type questionFacts, questionsFacts } from '../../engine/contract/facts.ts';
import { told } from './told.ts';

export type Question = z.infer<typeof questionFacts>;

export const questions = told(questionsFacts);
export type Questions = z.infer<typeof questions>;

export const questionAnswer = z.object({
  /** The letter or the words of a choice, or `recommended`. */
  choice: z.string().min(1).max(500),
});
export type QuestionAnswer = z.infer<typeof questionAnswer>;

export const answered = told(answersFacts);
export type Answered = z.infer<typeof answered>;
