/** What happened in a scripted run, one JSON document a line, in the order in which it happened. */

import type { ToolOutcome } from '../../desk/turn-parts.ts';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { GuideView } from '../../engine/contract/guide.ts';

export type TranscriptLine =
  | { readonly role: 'person'; readonly name: string; readonly text: string }
  | { readonly role: 'guide'; readonly agent: string; readonly text: string }
  | {
      readonly role: 'tool';
      readonly agent: string;
      readonly tool: string;
      readonly input: unknown;
      readonly outcome: ToolOutcome;
    }
  | {
      readonly role: 'approval';
      readonly id: string;
      readonly action: string;
      readonly state: string;
      readonly title: string;
      readonly maxRows: number;
      readonly planHash: string;
      readonly by: string | null;
      readonly reason: string | null;
    }
  | {
      readonly role: 'state';
      readonly step: string;
      readonly journey: string;
      readonly run: string | null;
      readonly inTarget: string;
    }
  | { readonly role: 'check'; readonly expect: string; readonly met: boolean }
  | {
      readonly role: 'outcome';
      readonly outcome: string;
      readonly code: number;
      readonly message: string | null;
    };

export type Tell = (line: TranscriptLine) => void;

export function approvalLine(card: ApprovalCard): TranscriptLine {
  const { id, action, state, title, maxRows, planHash, decidedBy, reason } = card;
  return { role: 'approval', id, action, state, title, maxRows, planHash, by: decidedBy, reason };
}

/** The guided migration's own words, which no agent spoke. */
export function viewLine(view: GuideView): Extract<TranscriptLine, { role: 'guide' }> {
  const offered = view.choices.map(({ label }) => `[${label}]`).join(' ');
  const text = offered === '' || view.card?.kind === 'approval' ? view.words : `${view.words}\n${offered}`;
  return { role: 'guide', agent: 'guided-migration', text };
}
