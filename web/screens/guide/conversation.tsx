/** The conversation as it streams: messages of the chat library, the card that waits, and what can be said. */
import { useChat } from '@ai-sdk/react';
import { AssistantRuntimeProvider, ThreadPrimitive } from '@assistant-ui/react';
import { AssistantChatTransport, useAISDKRuntime } from '@assistant-ui/react-ai-sdk';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { ChatHistory, ChatMessage } from '../../../server/shapes/chat.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { refusalOf } from '../../api/ask.ts';
import { useChatEnd } from '../../api/guide.ts';
import { Refused } from '../../parts/refused.tsx';
import { Composer } from './composer.tsx';
import { Greeting } from './greeting.tsx';
import { mergeHistory } from './merge-history.ts';
import { Said } from './message.tsx';
import { MigrationContext } from './migration-context.ts';
import { News } from './news.tsx';
import { Replies } from './replies.tsx';
import { useStart } from './use-start.ts';
import { Waiting } from './waiting.tsx';

interface ConversationProps {
  readonly id: MigrationId;
  /** Null: it could not be fetched; talking goes on without it. */
  readonly history: ChatHistory | null;
}

export function Conversation({ id, history }: ConversationProps) {
  const t = useTranslations('guide');
  const start = useStart(id);
  const transport = useMemo(() => createTransport(id), [id]);
  const end = useChatEnd(id);
  const chat = useChat<ChatMessage>({
    id,
    transport,
    messages: (history?.messages ?? []) as ChatMessage[],
    resume: history?.busy ?? false,
    onFinish: end,
    onError: end,
  });
  const runtime = useAISDKRuntime(chat, { joinStrategy: 'none' });
  const { status, setMessages } = chat;
  const isTalking = status === 'submitted' || status === 'streaming';
  const taken = useRef(history);
  useEffect(() => {
    // what was fetched before or during a turn does not hold it
    const isOld = isTalking || history === null || history.busy || history === taken.current;
    taken.current = history;
    if (!isOld) setMessages((shown) => mergeHistory(shown, history.messages as ChatMessage[]));
  }, [history, isTalking, setMessages]);
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <MigrationContext value={id}>
        <ThreadPrimitive.Root className="chat-thread">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <div className="chat-log" role="log" aria-label={t('log')} tabIndex={0}>
            <div className="chat-inner">
              {history?.more ? <p className="small muted">{t('more')}</p> : null}
              <Greeting id={id} isFirst={chat.messages.length === 0} />
              <ThreadPrimitive.Messages components={{ Message: Said }} />
              <Refused error={isTalking ? null : (chat.error ?? null)} />
              <News />
              <Waiting id={id} messages={chat.messages} start={start} />
            </div>
          </div>
          <div className="chat-foot">
            <div className="chat-foot-inner">
              <Replies id={id} messages={chat.messages} isTalking={isTalking} part={start.part} />
              <Composer />
            </div>
          </div>
        </ThreadPrimitive.Root>
      </MigrationContext>
    </AssistantRuntimeProvider>
  );
}

/** Only what was said goes to the server; it keeps the conversation itself. */
function createTransport(id: MigrationId): AssistantChatTransport<ChatMessage> {
  const api = `/api/v1/migrations/${id}/chat`;
  return new AssistantChatTransport<ChatMessage>({
    api,
    prepareSendMessagesRequest: ({ messages }) => ({ api, body: { text: lastWords(messages) } }),
    prepareReconnectToStreamRequest: () => ({ api }),
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      if (answer.ok) return answer;
      throw await refusalOf(answer);
    },
  });
}

function lastWords(messages: readonly ChatMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n') ?? '';
}
