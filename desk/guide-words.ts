/** What the guided migration says between two turns, in the terminal and on the page, and as it stands in the thread. */
import type { ApprovalCard } from '../engine/contract/approvals.ts';
import type { GuideView } from '../engine/contract/guide.ts';
import type { JourneyState } from '../engine/contract/journey-state.ts';
import { rehearsalWords } from '../engine/journey/rehearsal-words.ts';

/** The words of a card, and what can be answered. An approval's own card follows by itself and says all of it. */
export function viewWords({ words, choices, card }: GuideView): string {
  if (card?.kind === 'approval') return `The next step needs a yes: ${card.approval.title}`;
  const offered = choices.map(({ label }) => `[${label}]`).join(' ');
  return offered === '' || words.includes(offered) ? words : `${words}\n${offered}`;
}

/** What the step that was approved came to, where the next card does not tell; empty: nothing to add. */
export function approvedWords(
  approved: Pick<ApprovalCard, 'action' | 'state' | 'planHash'>,
  { rehearsal }: Pick<JourneyState, 'rehearsal'>,
): string {
  if (approved.action !== 'rehearse' || approved.state === 'declined') return '';
  const isIt = rehearsal?.status === 'passed' && rehearsal.planHash === approved.planHash;
  return isIt ? `${rehearsalWords(rehearsal)} ` : '';
}
