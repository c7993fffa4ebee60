/** A change of the plan, and what to say to take it back. */
import { changeFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { say } from '../step.ts';

export const backSentence = /To take it back, say “([^”]+)”/;

export function changed(back: string | null): Telling {
  return (data, { words, choices }) => {
    const change = changeFacts.safeParse(data).data;
    if (change === undefined || !change.changed || back === null) return null;
    return say(`${words} To take it back, say “${back}”.`, choices);
  };
}
