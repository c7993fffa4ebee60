/**
 * What the program itself has to tell between two answers: the card that the guided migration came to, once. What came up
 * while the guide answered counts as said; what another process told, or this one before a restart, is not told again.
 */
import type { Conversation } from '../../desk/conversation.ts';
import { approvedWords, viewWords } from '../../desk/guide-words.ts';
import { plainWords } from '../../desk/plain-words.ts';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { GuideView } from '../../engine/contract/guide.ts';
import type { Desk } from '../migrations/migrations.ts';

export interface Teller {
  /** Tells it where it is news. */
  see(view: GuideView): void;
  /** The guide has said it. */
  said(view: GuideView): void;
  /** A person approved it: what it comes to is told with the next card. */
  approved(card: ApprovalCard): void;
  /** Resolves when all that was to be told is told. */
  done(): Promise<void>;
}

export interface TellerDependencies {
  readonly journey: Pick<Desk['journey'], 'state'>;
  readonly conversation: () => Promise<Conversation>;
  readonly onTold: () => void;
}

export function createTeller({ journey, conversation, onTold }: TellerDependencies): Teller {
  let telling: Promise<void> = Promise.resolve();
  let known: string | null = null;
  let approval: ApprovalCard | null = null;

  async function tell(view: GuideView): Promise<void> {
    const decided = approval;
    approval = null;
    const result = decided === null ? '' : approvedWords(decided, await journey.state());
    const words = `${result}${viewWords(view)}`;
    const talk = await conversation();
    if ((await lastWords(talk)) === words.trim()) return;
    await talk.note(plainWords(words));
    onTold();
  }

  return {
    see(view) {
      const now = signatureOf(view);
      if (now === known) return;
      const isNews = known === null ? isNewsAtFirst(view) : isNewsLater(view);
      known = now;
      if (!isNews) return;
      telling = telling
        .then(() => tell(view))
        .catch(() => {
          known = null; // it could not be told, so it is tried again
        });
    },
    said(view) {
      known = signatureOf(view);
    },
    approved(card) {
      approval = card;
    },
    done: () => telling,
  };
}

/** What the guided migration shows: a card, its work, or its end. */
function signatureOf({ state, guideId, cardId, outcome }: GuideView): string {
  return [state, guideId, cardId, outcome].join(' ');
}

/** When somebody comes: an approval's own card says all of it, and an end was told when it came. */
function isNewsAtFirst({ state, card }: GuideView): boolean {
  return state === 'waiting' && card?.kind !== 'approval';
}

function isNewsLater({ state }: GuideView): boolean {
  return state === 'waiting' || state === 'ended';
}

async function lastWords(talk: Conversation): Promise<string | undefined> {
  const [last] = (await talk.past(1)).messages;
  return last?.parts
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .join('')
    .trim();
}
