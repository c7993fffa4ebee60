/** One question about the plan. */
import { planFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { more, moreLines, mostLines, sentence } from '../plain-words.ts';
import { say } from '../step.ts';

export const risks: Telling = (data) => {
  const plan = planFacts.safeParse(data).data;
  if (plan === undefined) return null;
  const rank = { high: 0, medium: 1, low: 2 };
  const found = [...plan.risks]
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .map(({ text }) => sentence(text));
  const what =
    found.length === 0
      ? 'The plan names no risk.'
      : `${found.slice(0, 5).join('\n')}${moreLines(found.length, 5)}`;
  return say(
    `${what}\nWhat does not fit is set aside whole, with the reason; a step whose check does not pass stops the move; and it can be undone until the final clean-up.`,
    ['Rehearse first', 'Rehearse with faults', 'Can I undo it?', 'Show the plan'],
  );
};

/** Beside the summary, what deserves a look and what stays behind, by name. */
export const wholePlan: Telling = (data, { words, choices }) => {
  const plan = planFacts.safeParse(data).data;
  if (plan === undefined || plan.mistakes.length > 0) return null;
  const unsure = plan.unsure.slice(0, 4).map(({ entity, column }) => `${column} in ${entity}`);
  const stay = plan.excluded.slice(0, 4).map(({ table }) => table);
  const lines = [
    unsure.length > 0 && `Less sure: ${unsure.join(', ')}${more(plan.unsure.length, 4)}.`,
    stay.length > 0 && `Staying behind: ${stay.join(', ')}${more(plan.excluded.length, 4)}.`,
  ].filter((line) => line !== false);
  return say([words, ...lines].join('\n'), choices);
};

/** The least sure choice, as one question. */
export const unsure: Telling = (data) => {
  const plan = planFacts.safeParse(data).data;
  if (plan === undefined) return null;
  const [first] = plan.unsure;
  if (first === undefined)
    return say('There is no choice in the plan that I am unsure of.', ['Rehearse first', 'Show the plan']);
  const { entity, column, confidence, reason } = first;
  return say(
    `${plan.unsure.length === 1 ? 'One choice deserves' : `${plan.unsure.length} choices deserve`} a look. The least sure: ${column} in ${entity}, ${Math.round(confidence * 100)} % sure: ${sentence(reason)} Is it right?`,
    [
      `Accept ${column} in ${entity}`,
      `Reject ${column} in ${entity}`,
      `Show how ${column} in ${entity} moves`,
      'Later',
    ],
  );
};

export const behind: Telling = (data) => {
  const plan = planFacts.safeParse(data).data;
  if (plan === undefined) return null;
  if (plan.excluded.length === 0)
    return say('Nothing stays behind: every table is in the plan.', ['Show the plan']);
  const lines = plan.excluded.slice(0, mostLines).map(({ table, reason }) => `${table}: ${reason}`);
  return say(
    `${plan.excluded.length} stay behind.\n${lines.join('\n')}${moreLines(plan.excluded.length, mostLines)}`,
    ['Show the plan'],
  );
};

export const mistakes: Telling = (data) => {
  const plan = planFacts.safeParse(data).data;
  if (plan === undefined || plan.mistakes.length === 0) return null;
  const lines = plan.mistakes
    .slice(0, mostLines)
    .map(({ path, message, hint }) => `${path}: ${message} ${hint}`);
  return say(`${lines.join('\n')}${moreLines(plan.mistakes.length, mostLines)}`, [
    'Make a new plan',
    'Show the plan',
  ]);
};
