/** What a conversation in the terminal, a script and the evals work with; made by open-guide.ts, or by a test. */
import type { Engine } from '../engine/contract/contract.ts';
import type { JourneyGuide } from '../engine/contract/guide.ts';
import type { Told } from '../engine/contract/journey.ts';
import type { JourneyState } from '../engine/contract/journey-state.ts';
import type { Conversation } from './conversation.ts';

/** What decides approvals; only the command line's own code holds it, never a model. */
export type ApprovalDesk = Pick<Engine, 'approvals' | 'decideApproval'>;

export interface GuideAtHand {
  readonly voice: Voice;
  readonly desk: ApprovalDesk;
  /** The guided migration. */
  readonly guide: JourneyGuide;
  readonly runs: Pick<Engine, 'status' | 'requestPause'>;
  readonly journey: { state(): Promise<JourneyState>; whereWeAre(): Promise<Told<JourneyState>> };
  converse(options: { readonly startNew: boolean }): Promise<Conversation>;
  /** True where the databases end with this process. */
  readonly endsWithUs: boolean;
  close(): Promise<void>;
}

export interface Voice {
  /** A model's name, or “offline guide (no AI model)”. */
  readonly name: string;
  readonly offline: boolean;
}
