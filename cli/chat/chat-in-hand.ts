/** What the parts of one conversation in the terminal share. */

import type { Conversation } from '../../desk/conversation.ts';
import type { GuideAtHand } from '../../desk/guide-at-hand.ts';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { World } from '../command.ts';
import type { JourneyFollower } from './follow-journey.ts';
import type { LineReader } from './line-reader.ts';
import type { ChatPage } from './page.ts';

export interface ChatOptions {
  /** Who decides approvals. */
  readonly as: string;
  readonly conversation: Conversation;
}

export interface Chat extends ChatOptions {
  readonly world: World;
  readonly hand: GuideAtHand;
  readonly reader: LineReader;
  readonly page: ChatPage;
  readonly follower: JourneyFollower;
  readonly signal: AbortSignal;
  /** Cards that were shown whole. */
  readonly shown: Set<string>;
  /** Approved, and what it came to is still to be told. */
  approved: ApprovalCard | null;
}
