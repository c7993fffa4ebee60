/** The cards that a workflow waits with, and how an answer to one is read. */
import type { z } from 'zod';
import type { ApprovalCard, JourneyCard, JourneyStep, questionFacts } from '../engine/index.ts';

/** Every choice of every card; an id means the same wherever it is offered. */
const labels = {
  plan: 'Make a plan',
  rehearse: 'Rehearse first',
  show: 'Show the plan',
  risks: 'What could go wrong',
  change: 'The plan is changed, look again',
  again: 'Try again',
  resume: 'Continue',
  ask: 'Ask once more',
  recommended: 'Take your recommendations for the rest',
  accept: 'Go on without them',
  undo: 'Undo the move',
  keep: 'Keep what was moved',
  stop: 'Stop here',
} as const;
export type Label = keyof typeof labels;
/** A question of the plan is answered by its number and the letter of a choice. */
export type ChoiceId = Label | `answer-${number}-${string}`;

interface CardText {
  readonly step: JourneyStep;
  readonly title: string;
  readonly text: string;
  /** The first is the recommended one. */
  readonly choices: readonly [Label, ...Label[]];
}

export function questionCard({ choices, ...text }: CardText): JourneyCard {
  return { kind: 'question', ...text, choices: choices.map(choiceOf), recommended: choices[0] };
}

type Asked = z.infer<typeof questionFacts>;

/** One thing that the plan cannot decide. Whoever answers may leave the rest to what is recommended. */
export function planQuestionCard(
  step: JourneyStep,
  { number, text, why, choices }: Asked,
  open: number,
): JourneyCard {
  const left = open === 1 ? 'the last one' : `${open} are open`;
  const own = choices.map(({ id, text: label }) => ({ id: `answer-${number}-${id}`, label }));
  return {
    kind: 'question',
    step,
    title: `A question about the plan (${left})`,
    text: `Question ${number}: ${text} I ask because: ${why} I recommend: ${own[0]!.label}.`,
    choices: [...own, ...(['recommended', 'stop'] as const).map(choiceOf)],
    recommended: own[0]!.id,
  };
}

/** Number of the question and letter of the choice; null: no answer to a question of the plan. */
export function planAnswerOf(
  answer: string | null,
): { readonly number: number; readonly choice: string } | null {
  const match = planAnswer.exec(answer ?? '');
  return match ? { number: Number(match[1]), choice: match[2]! } : null;
}

/** The number of the question that a card asks; null: it asks none of the plan. */
export function planQuestionOf(card: JourneyCard): number | null {
  return card.kind === 'question' ? (planAnswerOf(card.recommended)?.number ?? null) : null;
}

const planAnswer = /^answer-(\d+)-([a-z])$/;

export function problemCard({
  choices,
  problems,
  ...text
}: CardText & { readonly problems: readonly { what: string; remedy: string }[] }): JourneyCard {
  return {
    kind: 'problem',
    ...text,
    problems: [...problems],
    choices: choices.map(choiceOf),
    recommended: choices[0],
  };
}

export function approvalCardOf(step: JourneyStep, card: ApprovalCard): JourneyCard {
  return { kind: 'approval', step, approval: { ...card, effect: [...card.effect] } };
}

/** An approval is answered by deciding it; here one can only look again, or stop. */
const approvalChoices = [
  { id: 'look', label: 'It is decided, look' },
  { id: 'stop', label: 'Not now' },
] as const;

export function choicesOf(card: JourneyCard): readonly { readonly id: string; readonly label: string }[] {
  return card.kind === 'approval' ? approvalChoices : card.choices;
}

/** The id of the choice that was meant, by id or label; null: none of them. To an approval anything is `look`. */
export function readAnswer(card: JourneyCard, answer: string): ChoiceId | 'look' | null {
  const said = answer.trim().toLowerCase();
  if (said === 'look') return 'look';
  const meant = choicesOf(card).find(({ id, label }) => id === said || label.toLowerCase() === said);
  if (meant === undefined) return card.kind === 'approval' ? 'look' : null;
  const known = meant.id === 'look' || meant.id in labels || planAnswerOf(meant.id) !== null;
  return known ? (meant.id as ChoiceId | 'look') : null;
}

function choiceOf(id: Label): { id: string; label: string } {
  return { id, label: labels[id] };
}
