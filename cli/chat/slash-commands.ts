/** What can be typed besides talk. Answered by the program itself, so that it works whatever the guide is. */

import type { GuideAtHand } from '../../desk/guide-at-hand.ts';
import { plainWords } from '../../desk/plain-words.ts';
import { formatMoment } from '../../engine/report/words.ts';
import { approvalLines } from '../text/approval-lines.ts';
import { brokenLine } from '../text/broken-line.ts';
import { plainText } from '../text/table.ts';

export const helpLines: readonly string[] = [
  'Say what you want in your own words; “hello” and “what can you do” are good beginnings.',
  '',
  '  /status      where the migration stands, what is in the new system, what can be undone',
  '  /approvals   what waits for a yes, and what was decided',
  '  /quit        end the conversation; it is kept (also Ctrl-C or Ctrl-D)',
  '',
  'Approvals are asked by Towpath itself, under a card; nothing said to the guide approves anything.',
];

/** Null: not one of ours. */
export async function answerCommand(
  name: string,
  hand: Pick<GuideAtHand, 'journey' | 'desk'>,
  width: number,
): Promise<readonly string[] | null> {
  switch (name) {
    case '/help':
      return helpLines;
    case '/status':
      return (await statusLines(hand)).map((line) => brokenLine(line, width));
    case '/approvals':
      return approvalsLines(hand, width);
    default:
      return null;
  }
}

async function statusLines({ journey }: Pick<GuideAtHand, 'journey'>): Promise<string[]> {
  const { words } = await journey.whereWeAre();
  return plainWords(words).split('\n');
}

async function approvalsLines(
  { desk, journey }: Pick<GuideAtHand, 'desk' | 'journey'>,
  width: number,
): Promise<string[]> {
  const cards = await desk.approvals();
  if (cards.length === 0) return ['Nothing has been asked or approved yet.'];
  const open = new Set((await journey.state()).approvals.map(({ id }) => id));
  const waiting = cards.filter(({ id }) => open.has(id));
  const others = cards.filter(({ id }) => !open.has(id)).slice(0, 10);
  return [
    ...(waiting.length === 0 ? ['Nothing waits for a yes.'] : []),
    ...waiting.flatMap((card, index) => [...(index === 0 ? [] : ['']), ...approvalLines(card, width)]),
    ...(others.length === 0 ? [] : ['', 'Before, the newest first:']),
    ...others.map(
      (card) =>
        `  ${stateWords[card.state]}  ${plainText(card.title, 70)}${card.decidedBy === null ? '' : `  ${plainText(card.decidedBy)}, ${formatMoment(card.decidedAt ?? card.requestedAt)}`}`,
    ),
  ];
}

const stateWords = {
  // asked for, but what it was about has changed since
  requested: 'lapsed  ',
  granted: 'approved',
  declined: 'declined',
  used: 'used    ',
  expired: 'expired ',
} as const;
