/** Questions of a plan as a person reads them. */
import type { PlanQuestion } from '../../engine/plan/questions.ts';
import { plainText } from '../text/table.ts';

export function questionLines(question: PlanQuestion): string[] {
  const { number, required, text, why, choices, recommended, answer } = question;
  const state =
    answer !== null ? `answered: ${answer}` : required ? 'must be answered' : 'may be left as proposed';
  return [
    `Question ${number} (${state})`,
    `  ${plainText(text, 600)}`,
    `  Why: ${plainText(why, 600)}`,
    ...choices.map(
      ({ id, text: words }) =>
        `  ${answer === id ? '→' : ' '} ${id}  ${plainText(words, 200)}${id === recommended ? '  (recommended)' : ''}`,
    ),
    '',
  ];
}
