/**
 * The conversation of one migration, as everybody who looks at it shares it: one answer at a time, and between two answers
 * what the program itself has to tell. States: silent → answering (say, hear) → silent; what happens while the guide answers
 * is the guide's to say, so nothing is told then.
 */
import { randomUUID } from 'node:crypto';
import type { Conversation } from '../../desk/conversation.ts';
import type { MessageNotes } from '../../desk/past-messages.ts';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { GuideView } from '../../engine/contract/guide.ts';
import type { Clock } from '../../engine/core/clock.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import type { Desk } from '../migrations/migrations.ts';
import type { ChatHistory } from '../shapes/chat.ts';
import { within } from '../within.ts';
import { answerChunks } from './answer-chunks.ts';
import { type Asked, readHistory } from './history.ts';
import { createTeller } from './teller.ts';
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
  /** The guided migration was looked at: what is new is told, once. Resolves when it is. */
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

const restsWithin = 5000;

export function createTalk({ desk, clock, onChange }: TalkDependencies): Talk {
  const conversation = openOnce(() => desk.converse({ startNew: false }));
  const teller = createTeller({ journey: desk.journey, conversation, onTold: () => onChange(false) });
  const heard: string[] = [];
  let answering: { readonly turn: Turn; readonly asked: Asked } | null = null;

  function begin(text: string, notes: MessageNotes): Turn {
    const at = clock.now().toISOString();
    const { offline } = desk.voice;
    const metadata = { voice: shownVoice(desk.voice), from: 'guide', offline, at } as const;
    const turn = beginTurn(async function* (signal) {
      await teller.done(); // the guide knows what was told before
      try {
        const said = (await conversation()).say(text, signal, notes);
        yield* answerChunks(said, { messageId: randomUUID(), metadata });
      } finally {
        await settle(); // before the stream ends, so that whoever saw it end can speak
      }
    });
    answering = { turn, asked: { text, at, ...notes } };
    onChange(true);
    void turn.ended.then(hearNext);
    return turn;
  }

  /** What came up while the guide answered counts as said. */
  async function settle(): Promise<void> {
    const view = await desk.guide.current().catch(() => null);
    if (view !== null) teller.said(view);
    answering = null;
    onChange(false);
  }

  function hearNext(): void {
    const event = answering === null ? heard.shift() : undefined;
    if (event !== undefined) begin(event, { told: 'towpath' });
  }

  return {
    say(text, by) {
      if (answering !== null) throw underWay();
      return begin(text, { by });
    },
    hear(event) {
      heard.push(event);
      hearNext();
    },
    turn: () => answering?.turn ?? null,
    history: async () => readHistory(await conversation(), desk.voice, answering?.asked ?? null),
    see(view) {
      if (answering === null) teller.see(view);
      return teller.done();
    },
    approved: teller.approved,
    async close() {
      heard.length = 0;
      if (answering === null) return;
      answering.turn.stop();
      await within(clock, { milliseconds: restsWithin, late: undefined }, answering.turn.ended);
    },
  };
}

/** Again where it failed. */
function openOnce(open: () => Promise<Conversation>): () => Promise<Conversation> {
  let opening: Promise<Conversation> | null = null;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
}

function underWay(): MigrationError {
  return new MigrationError({
    code: 'TURN_UNDER_WAY',
    message: 'The guide is still answering; one message at a time.',
    hint: 'Wait until it has answered, then say it again. Nothing was lost or changed.',
  });
}
