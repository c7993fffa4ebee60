/** A change of the plan, and what to say to take it back. */
import { changeFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { say } from '../step.ts';

/** What one change alone does not bring back. */
export const onlyByNewPlan: Telling = (data, { words, choices }) => {
  if (changeFacts.safeParse(data).data?.changed !== true) return null;
  return say(`${words} Only a new plan brings it back; say “make a new plan”.`, choices);
};

/** An answer to a suggestion; the next one is a question away. */
export const reviewed: Telling = (_data, { words, choices }) =>
  say(words, ['Go through the less sure choices', ...choices]);

export const backSentence = /To take it back, say “([^”]+)”/;

export function changed(back: string | null): Telling {
  return (data, { words, choices }) => {
    const change = changeFacts.safeParse(data).data;
    if (change === undefined || !change.changed || back === null) return null;
    return say(`${words} To take it back, say “${back}”.`, choices);
  };
}
