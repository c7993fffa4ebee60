/**
 * One conversation with the guide: its thread in Mastra's memory, its turns as they stream. A migration has one thread
 * until somebody asks for another; what the program itself tells between turns is written into the thread too, so that
 * the model knows what the person has read.
 */
import { randomUUID } from 'node:crypto';
import { type MessageNotes, type PastMessage, readPast } from './past-messages.ts';
import { readParts, type TurnPart } from './turn-parts.ts';

export interface Exchange {
  readonly person: string;
  readonly guide: string;
}

export interface Conversation {
  readonly threadId: string;
  /** The last thing that was said, and what was answered; null in a new conversation. */
  last(): Promise<Exchange | null>;
  /** `notes` are kept with what is said; no model sees them. */
  say(text: string, signal?: AbortSignal, notes?: MessageNotes): AsyncIterable<TurnPart>;
  /** Words of the guide that no model wrote. */
  note(words: string): Promise<void>;
  /** The newest, in the order of time; empty in a new conversation. */
  past(limit: number): Promise<{ readonly messages: readonly PastMessage[]; readonly more: boolean }>;
}

/** What is used of a Mastra agent. */
export interface SpeakingAgent {
  readonly id: string;
  stream(
    said: string | SpokenMessage[],
    options: {
      readonly memory: { readonly thread: string; readonly resource: string };
      readonly abortSignal?: AbortSignal;
    },
  ): Promise<{ readonly fullStream: AsyncIterable<unknown> }>;
}

/** A message of AI SDK UI, which Mastra keeps with its metadata. */
export interface SpokenMessage {
  id: string;
  role: 'user';
  parts: { type: 'text'; text: string }[];
  metadata: MessageNotes;
}

/** What is used of Mastra's memory. */
export interface ThreadMemory {
  listThreads(wanted: {
    filter: { resourceId: string };
    perPage: number;
    orderBy: { field: 'createdAt'; direction: 'DESC' };
  }): Promise<{ readonly threads: readonly { readonly id: string }[] }>;
  getThreadById(wanted: { threadId: string }): Promise<unknown>;
  saveThread(wanted: { thread: StoredThread }): Promise<unknown>;
  saveMessages(wanted: { messages: StoredMessage[] }): Promise<unknown>;
  recall(wanted: {
    threadId: string;
    resourceId: string;
    perPage: number;
    orderBy: { field: 'createdAt'; direction: 'DESC' };
  }): Promise<{ readonly messages: readonly RecalledMessage[] }>;
}

interface StoredThread {
  id: string;
  resourceId: string;
  title: string;
  createdAt: Date;
  updatedAt: Date;
}

interface StoredMessage {
  id: string;
  threadId: string;
  resourceId: string;
  role: 'assistant' | 'user';
  createdAt: Date;
  content: { format: 2; parts: { type: 'text'; text: string }[]; content: string; metadata: MessageNotes };
}

interface RecalledMessage {
  readonly role: string;
  readonly createdAt: Date | string;
  readonly content: { readonly parts: readonly { readonly type: string; readonly text?: string }[] };
}

export interface ConversationDependencies {
  readonly agent: SpeakingAgent;
  readonly memory: ThreadMemory;
  /** Whose thread: the migration's. */
  readonly resource: string;
  readonly startNew: boolean;
  readonly now: () => Date;
}

export async function openConversation(deps: ConversationDependencies): Promise<Conversation> {
  const { agent, memory, resource, now } = deps;
  const threadId = (deps.startNew ? null : await newestThread(deps)) ?? `chat-${randomUUID()}`;
  const newestFirst = { field: 'createdAt', direction: 'DESC' } as const;

  return {
    threadId,
    async last() {
      if ((await memory.getThreadById({ threadId })) === null) return null;
      const { messages } = await memory.recall({
        threadId,
        resourceId: resource,
        perPage: 20,
        orderBy: newestFirst,
      });
      return lastExchange(messages);
    },
    async *say(text, signal, notes) {
      const answer = await agent.stream(notes === undefined ? text : [spoken(text, notes)], {
        memory: { thread: threadId, resource },
        ...(signal === undefined ? {} : { abortSignal: signal }),
      });
      yield* readParts(answer.fullStream, agent.id);
    },
    async note(words) {
      const at = now();
      if ((await memory.getThreadById({ threadId })) === null) {
        const thread = { id: threadId, resourceId: resource, title: '', createdAt: at, updatedAt: at };
        await memory.saveThread({ thread });
      }
      const content = {
        format: 2 as const,
        parts: [{ type: 'text' as const, text: words }],
        content: words,
        metadata: { told: 'towpath' as const },
      };
      const id = randomUUID();
      await memory.saveMessages({
        messages: [{ id, threadId, resourceId: resource, role: 'assistant', createdAt: at, content }],
      });
    },
    async past(limit) {
      if ((await memory.getThreadById({ threadId })) === null) return { messages: [], more: false };
      const { messages } = await memory.recall({
        threadId,
        resourceId: resource,
        perPage: limit + 1,
        orderBy: newestFirst,
      });
      const read = readPast(messages, agent.id);
      return { messages: read.slice(-limit), more: messages.length > limit };
    },
  };
}

function spoken(text: string, metadata: MessageNotes): SpokenMessage {
  return { id: randomUUID(), role: 'user', parts: [{ type: 'text', text }], metadata };
}

async function newestThread({ memory, resource }: ConversationDependencies): Promise<string | null> {
  const { threads } = await memory.listThreads({
    filter: { resourceId: resource },
    perPage: 1,
    orderBy: { field: 'createdAt', direction: 'DESC' },
  });
  return threads[0]?.id ?? null;
}

/** From messages in any order. Of what was said after the person's last words, the last: it is what holds now. */
export function lastExchange(messages: readonly RecalledMessage[]): Exchange | null {
  const inOrder = [...messages].sort((a, b) => +new Date(a.createdAt) - +new Date(b.createdAt));
  const asked = inOrder.findLastIndex((message) => message.role === 'user');
  if (asked === -1) return null;
  const answers = inOrder.slice(asked + 1).filter((message) => message.role === 'assistant');
  return {
    person: wordsOf(inOrder[asked]!),
    guide: answers.map(wordsOf).findLast((words) => words !== '') ?? '',
  };
}

function wordsOf({ content }: RecalledMessage): string {
  return content.parts
    .map((part) => (part.type === 'text' ? (part.text ?? '') : ''))
    .join('')
    .trim();
}
