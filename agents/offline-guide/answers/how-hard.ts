/** How hard the move is, in the assessment's own words; its questions are asked one by one, where somebody wants them. */
import { assessmentFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { say } from '../step.ts';

export const howHard: Telling = (data, { words, choices }) =>
  assessmentFacts.safeParse(data).success ? say(words, choices) : null;
