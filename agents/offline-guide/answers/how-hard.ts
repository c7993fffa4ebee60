/** How hard the move is: the verdict, then what will be asked and what does not move by itself, line by line. */
import { assessmentFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { more, mostLines } from '../plain-words.ts';
import { say } from '../step.ts';

export const howHard: Telling = (data, { words, choices }) => {
  const facts = assessmentFacts.safeParse(data).data;
  if (facts === undefined) return null;
  const required = facts.decisions.filter((decision) => decision.required);
  const asked = required
    .slice(0, mostLines)
    .map(({ question, recommended }) => `${question} (recommended: ${recommended})`);
  const instead = facts.notMoving.slice(0, mostLines).map(({ kind, instead: what }) => `${kind}: ${what}`);
  const lines = [
    ...(asked.length > 0 ? ['To decide:', ...asked.map((line) => `- ${line}`)] : []),
    ...(instead.length > 0
      ? [
          `Not moved by itself${more(facts.notMoving.length, mostLines)}:`,
          ...instead.map((line) => `- ${line}`),
        ]
      : []),
  ];
  return say([words, ...lines].join('\n'), choices);
};
