/** The cards that a workflow waits with, and how an answer to one is read. */
import type { ApprovalCard, JourneyCard, JourneyStep } from '../engine/index.ts';

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
  accept: 'Go on without them',
  undo: 'Undo the move',
  keep: 'Keep what was moved',
  stop: 'Stop here',
} as const;
export type ChoiceId = keyof typeof labels;

interface CardText {
  readonly step: JourneyStep;
  readonly title: string;
  readonly text: string;
  /** The first is the recommended one. */
  readonly choices: readonly [ChoiceId, ...ChoiceId[]];
}

export function questionCard({ choices, ...text }: CardText): JourneyCard {
  return { kind: 'question', ...text, choices: choices.map(choiceOf), recommended: choices[0] };
}

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
  return meant.id === 'look' || meant.id in labels ? (meant.id as ChoiceId | 'look') : null;
}

function choiceOf(id: ChoiceId): { id: string; label: string } {
  return { id, label: labels[id] };
}
