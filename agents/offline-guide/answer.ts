/** A tool's answer in words: mostly its own, then what can be answered. Nothing is added that the answer does not say. */

import { withoutChoiceLines } from './choices.ts';
import type { ToolAnswer, ToolResult } from './conversation.ts';
import { sentence } from './plain-words.ts';
import { dataOf, say, type Words } from './step.ts';

/** Says what matters for the question, from the tool's data; null: the tool's own words are the answer. */
export type Telling = (data: unknown, answer: ToolAnswer) => Words | null;

export function tell(result: ToolResult, telling: Telling = () => null): Words {
  const { answer } = result;
  if (answer === null) return tellOther(result);
  const words = withoutChoiceLines(answer.words);
  if (answer.status === 'needs-approval') return say(asking(answer, words));
  if (answer.status === 'refused') return say(refusal(answer, words), afterRefusal(answer));
  if (answer.status === 'not-built-yet') return say(words, ['Where are we']);
  return telling(dataOf(answer), { ...answer, words }) ?? say(words, answer.choices);
}

/** Another agent's words are handed on unchanged; an error's words are for engineers. */
function tellOther({ tool, text, failed }: ToolResult): Words {
  if (tool.startsWith('agent-') && !failed && text !== null && text.trim() !== '') return say(text);
  return say(
    'That did not work inside Towpath, so I know nothing more than before and nothing may be concluded from it.',
    ['Where are we'],
  );
}

/** The card itself, with all that it would do, is shown by whoever shows the conversation. */
function asking({ approval }: ToolAnswer, words: string): string {
  const person =
    'A person decides that with the approval card or with “towpath approve”; I cannot. Nothing has been done yet.';
  if (approval === null) return /only a person can give/i.test(words) ? words : `${words} ${person}`;
  return `This needs an approval: ${sentence(approval.title)} ${person}`;
}

function refusal({ error }: ToolAnswer, words: string): string {
  if (error?.code === 'INPUT_INVALID')
    return 'I could not ask that in a way that the tool understands. Say it in other words, please.';
  if (error?.code === 'TOOL_NOT_PERMITTED') return 'I am not allowed to do that.';
  return words;
}

const next: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^CATALOG_MISSING/, ['Look at the old database', 'What will you read?']],
  [/^PLAN_(MISSING|INVALID)|^NO_PLAN/, ['Make a plan', 'Where are we']],
  [/^PLAN_HAS_QUESTIONS/, ['Show the questions', 'Take your recommendations for the rest', 'Show the plan']],
  [/^UNKNOWN_(QUESTION|CHOICE)/, ['Show the questions']],
  [/^REHEARSAL_/, ['Rehearse first', 'Show the plan']],
  [/^UNKNOWN_(TABLE|ENTITY)|^AMBIGUOUS/, ['Show everything']],
];

function afterRefusal({ error, choices }: ToolAnswer): readonly string[] {
  if (choices.length > 0) return choices;
  return next.find(([code]) => code.test(error?.code ?? ''))?.[1] ?? ['Where are we'];
}
