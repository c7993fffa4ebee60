/** An approval as a person reads it before saying yes or no: what, how much, can it be undone, what is there now. */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import { countOf, formatCount, formatMoment, shortHash } from '../../engine/report/words.ts';
import { agentIds } from '../../tools/permissions.ts';
import { createFlowingText } from './flowing-text.ts';
import { plainText } from './table.ts';

const answers = { yes: 'Yes.', partly: 'In part.', no: 'No.' } as const;

/** Broken between words where the page has an edge. */
export function approvalLines(card: ApprovalCard, width = Number.POSITIVE_INFINITY): string[] {
  const line = (name: string, text: string) => broken(name, safe(text), width);
  const { title, effect, maxRows, reversible, inTarget, runId, planHash, requestedBy, expiresAt } = card;
  return [
    line('Approval needed', title),
    ...effect.map((sentence, index) => line(index === 0 ? 'What will happen' : '', sentence)),
    ...(maxRows === 0 ? [] : [line('Records at most', formatCount(maxRows))]),
    line('Can it be undone', `${answers[reversible.answer]} ${reversible.how}`),
    line('In the new system', inTarget),
    ...(runId === null ? [] : [line('Run', runId)]),
    line(
      'Plan',
      `${shortHash(planHash) || 'none'}, asked by ${askerWords(requestedBy)}; the question holds until ${formatMoment(expiresAt)}`,
    ),
  ];
}

/** Agents are parts of the guide; which of them asked says nothing to who decides. */
function askerWords(requestedBy: string): string {
  return agentIds.some((id) => id === requestedBy) ? 'the guide' : requestedBy;
}

export function approvalReminder(card: ApprovalCard): string {
  const most = card.maxRows === 0 ? '' : ` At most ${countOf(card.maxRows, 'record')}.`;
  return `Still waiting: ${safe(card.title)}${most} “/approvals” shows all of it.`;
}

function broken(name: string, text: string, width: number): string {
  let whole = '';
  const flowing = createFlowingText({ width, lead: name.padEnd(19), write: (piece) => (whole += piece) });
  flowing.add(text);
  flowing.end();
  return whole.trimEnd();
}

const safe = (text: string) => plainText(text, 600);
