/** Messages of the past as the page takes them: the same cards and replies as when they streamed, by the same rules. */

import type { Conversation } from '../../desk/conversation.ts';
import type { Voice } from '../../desk/guide-at-hand.ts';
import type { MessageNotes, PastMessage } from '../../desk/past-messages.ts';
import { plainWords } from '../../desk/plain-words.ts';
import { splitReplies } from '../../desk/suggested-replies.ts';
import type { ChatHistory, ChatMetadata } from '../shapes/chat.ts';
import { noAnswer, speaker } from './answer-chunks.ts';
import { cardsOf } from './cards-of.ts';
import { pageWords } from './page-words.ts';
import { shownCards } from './shown-cards.ts';
import { isOffline, program, shownVoice } from './voices.ts';

type Message = ChatHistory['messages'][number];

/** What is being answered just now. */
export interface Asked extends MessageNotes {
  readonly text: string;
  readonly at: string;
}

const shownAtOnce = 100;

export async function readHistory(
  conversation: Pick<Conversation, 'past'>,
  voice: Voice,
  asked: Asked | null,
): Promise<ChatHistory> {
  const { messages, more } = await conversation.past(shownAtOnce);
  return {
    messages: shownMessages(asked === null ? messages : withAsked(messages, asked), voice),
    more,
    busy: asked !== null,
    voice: { name: shownVoice(voice), offline: voice.offline },
  };
}

/** While it is answered, what was asked stands last: the answer comes by its own stream, whatever is kept of it already. */
function withAsked(past: readonly PastMessage[], { text, at, by, told }: Asked): PastMessage[] {
  const parts = [{ kind: 'text', agent: speaker, text }] as const;
  const asked = { id: `asked-${at}`, at, from: told ?? 'person', voice: by ?? null, parts } as const;
  return [...past.filter((message) => message.at < at), asked];
}

function shownMessages(past: readonly PastMessage[], voice: Voice): Message[] {
  return past.map((message) => shownMessage(message, voice)).filter(({ parts }) => parts.length > 0);
}

function shownMessage(message: PastMessage, voice: Voice): Message {
  const { id, from } = message;
  return {
    id,
    role: from === 'person' ? 'user' : 'assistant',
    metadata: metadataOf(message, voice),
    parts: from === 'person' ? personParts(message) : guideParts(message),
  };
}

function metadataOf({ from, voice, at }: PastMessage, now: Voice): ChatMetadata {
  if (from === 'towpath') return { from, voice: program, offline: false, at };
  if (from === 'person') return { from, voice: voice ?? '', offline: false, at };
  const name = voice ?? now.name;
  return { from, voice: shownVoice({ name }), offline: isOffline(name), at };
}

function personParts({ parts }: PastMessage): Message['parts'] {
  return parts.flatMap((part) =>
    part.kind === 'text' ? [{ type: 'text' as const, text: plainWords(part.text) }] : [],
  );
}

function guideParts({ parts, from }: PastMessage): Message['parts'] {
  const texts = parts.flatMap((part) => (part.kind === 'text' && part.agent === speaker ? [part.text] : []));
  const split = texts.map(splitReplies);
  const replies = split.at(-1)?.replies ?? [];
  const words = split.map(({ text }) => pageWords(plainWords(text))).filter((text) => text.trim() !== '');
  const cards = shownCards(parts.flatMap((part) => (part.kind === 'result' ? cardsOf(part) : [])));
  const said = words.length > 0 || from === 'towpath' || cards.length === 0 ? words : [noAnswer];
  return [
    ...said.map((text) => ({ type: 'text' as const, text })),
    ...(cards as Exclude<Message['parts'][number], { type: 'text' }>[]),
    ...(replies.length === 0 ? [] : [{ type: 'data-choices' as const, data: { choices: [...replies] } }]),
  ];
}
