/**
 * The conversation of one migration, as everybody who looks at it shares it: one answer at a time, and between two answers
 * what the program itself has to tell. States: silent → answering (say, hear) → silent; what happens while the guide answers
 * is the guide's to say, so nothing is told then. What was told or said is not told again, here or by another process.
 */
import { randomUUID } from 'node:crypto';
import type { Conversation } from '../../desk/conversation.ts';
import { approvedWords, viewWords } from '../../desk/guide-words.ts';
import type { MessageNotes, PastMessage } from '../../desk/past-messages.ts';
import { plainWords } from '../../desk/plain-words.ts';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { GuideView } from '../../engine/contract/guide.ts';
import type { Clock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { Desk } from '../migrations/migrations.ts';
import type { ChatHistory } from '../shapes/chat.ts';
import { within } from '../within.ts';
import { answerChunks, speaker } from './answer-chunks.ts';
import { shownMessages } from './history.ts';
import { beginTurn, type Turn } from './turn.ts';
import { shownVoice } from './voices.ts';

export interface Talk {
  /** @throws TURN_UNDER_WAY */
  say(text: string, by: string): Turn;
  /** Tells the guide what a person did elsewhere, as soon as nobody is answered. */
  hear(event: string): void;
  /** Null: nobody is answered. */
  turn(): Turn | null;
  history(): Promise<ChatHistory>;
  /** The guided migration was looked at: what is new is told, once. */
  see(view: GuideView): Promise<void>;
  /** A person approved it: what it comes to will be told. */
  approved(card: ApprovalCard): void;
  /** Asks the answer under way to stop and waits for it, a moment long. */
  close(): Promise<void>;
}

export interface TalkDependencies {
  readonly desk: Pick<Desk, 'converse' | 'guide' | 'journey' | 'voice'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** An answer began or ended, or something was told. */
  readonly onChange: (busy: boolean) => void;
}

const shownAtOnce = 100;
const restsWithin = 5000;

export function createTalk({ desk, clock, onChange }: TalkDependencies): Talk {
  let opening: Promise<Conversation> | null = null;
  let turn: Turn | null = null;
  /** What is being answered. */
  let asked: PastMessage | null = null;
  let telling: Promise<void> = Promise.resolve();
  let known: string | null = null;
  let approval: ApprovalCard | null = null;
  const heard: string[] = [];

  function conversation(): Promise<Conversation> {
    if (opening === null) {
      opening = desk.converse({ startNew: false });
      opening.catch(() => {
        opening = null;
      });
    }
    return opening;
  }

  function begin(text: string, notes: MessageNotes): Turn {
    const metadata = {
      voice: shownVoice(desk.voice),
      from: 'guide' as const,
      offline: desk.voice.offline,
      at: clock.now().toISOString(),
    };
    const begun = beginTurn(async function* (signal) {
      await telling; // the guide knows what was told before
      try {
        const said = (await conversation()).say(text, signal, notes);
        yield* answerChunks(said, { messageId: randomUUID(), metadata });
      } finally {
        await settle(); // before the stream ends, so that whoever saw it end can speak
      }
    });
    turn = begun;
    asked = askedNow(text, { ...notes, at: metadata.at });
    onChange(true);
    void begun.ended.then(hearNext);
    return begun;
  }

  /** What came up while the guide answered counts as said. */
  async function settle(): Promise<void> {
    const view = await desk.guide.current().catch(() => null);
    if (view !== null) known = signatureOf(view);
    turn = null;
    asked = null;
    onChange(false);
  }

  function hearNext(): void {
    const event = turn === null ? heard.shift() : undefined;
    if (event !== undefined) begin(event, { told: 'towpath' });
  }

  async function tell(view: GuideView): Promise<void> {
    const decided = approval;
    approval = null;
    const result = decided === null ? '' : approvedWords(decided, await desk.journey.state());
    const words = `${result}${viewWords(view)}`;
    const talk = await conversation();
    const [last] = (await talk.past(1)).messages;
    const said = last?.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    if (said?.trim() === words.trim()) return; // told by another process, or before a restart
    await talk.note(plainWords(words));
    onChange(false);
  }

  /** It could not be told, so it is tried again. */
  function forget(): void {
    known = null;
  }

  return {
    say(text, by) {
      if (turn !== null) throw underWay();
      return begin(text, { by });
    },
    hear(event) {
      if (turn === null) begin(event, { told: 'towpath' });
      else heard.push(event);
    },
    turn: () => turn,
    async history() {
      const { messages, more } = await (await conversation()).past(shownAtOnce);
      return {
        messages: shownMessages(withAsked(messages, asked), desk.voice),
        more,
        busy: turn !== null,
        voice: { name: shownVoice(desk.voice), offline: desk.voice.offline },
      };
    },
    see(view) {
      const now = signatureOf(view);
      if (turn !== null || now === known) return telling;
      const isNews = known === null ? isNewsAtFirst(view) : isNewsLater(view);
      known = now;
      if (isNews) telling = telling.then(() => tell(view)).catch(forget);
      return telling;
    },
    approved(card) {
      approval = card;
    },
    async close() {
      heard.length = 0;
      if (turn === null) return;
      turn.stop();
      await within(clock, { milliseconds: restsWithin, late: undefined }, turn.ended);
    },
  };
}

function askedNow(text: string, { by, told, at }: MessageNotes & { readonly at: string }): PastMessage {
  const parts = [{ kind: 'text', agent: speaker, text }] as const;
  return { id: `asked-${at}`, at, from: told ?? 'person', voice: by ?? null, parts };
}

/** While it is answered, what was asked stands last: the answer comes by its own stream, whatever is kept of it already. */
function withAsked(past: readonly PastMessage[], asked: PastMessage | null): readonly PastMessage[] {
  return asked === null ? past : [...past.filter(({ at }) => at < asked.at), asked];
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

function underWay(): MigrationError {
  return new MigrationError({
    code: 'TURN_UNDER_WAY',
    message: 'The guide is still answering; one message at a time.',
    hint: 'Wait until it has answered, then say it again. Nothing was lost or changed.',
  });
}
