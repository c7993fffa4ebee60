/** Says how the last change is taken back; it was said with the change itself. */
import { backSentence } from '../answers/change.ts';
import { say } from '../step.ts';
import type { Route } from './lookup.ts';

export const undoChange: Route = ({ dialogue: { lastWords, said } }) => {
  const back = backSentence.exec(lastWords)?.[1];
  if (back !== undefined)
    return say(
      `Say “${back}”; the plan is then as before in this place. Approvals that named the plan in between do not fit it.`,
      [label(back)],
    );
  return say(
    `I see no change in my last answer that “${said.trim().slice(0, 60)}” could mean. Name the field and what it shall be, or let me make a new plan, which drops every change.`,
    ['Show the plan', 'What happened', 'Make a new plan'],
  );
};

function label(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
