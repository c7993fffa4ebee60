/** An approval as a person reads it before saying yes or no: what, how much, can it be undone, what is there now. */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import { formatCount, formatMoment, shortHash } from '../../engine/report/words.ts';
import { plainText } from './table.ts';

const answers = { yes: 'Yes.', partly: 'In part.', no: 'No.' } as const;

export function approvalLines(card: ApprovalCard): string[] {
  return [
    `Approval needed    ${safe(card.title)}`,
    ...named('What will happen', card.effect.map(safe)),
    `Records at most    ${formatCount(card.maxRows)}`,
    `Can it be undone   ${answers[card.reversible.answer]} ${safe(card.reversible.how)}`,
    `In the new system  ${safe(card.inTarget)}`,
    `Plan               ${shortHash(card.planHash)}, asked by ${safe(card.requestedBy)}; the question holds until ${formatMoment(card.expiresAt)}`,
  ];
}

export function approvalReminder(card: ApprovalCard): string {
  return `Still waiting: ${safe(card.title)} At most ${formatCount(card.maxRows)} records; “/approvals” shows all of it.`;
}

function named(name: string, [first = '', ...rest]: readonly string[]): string[] {
  return [`${name.padEnd(19)}${first}`, ...rest.map((line) => ' '.repeat(19) + line)];
}

const safe = (text: string) => plainText(text, 600);
