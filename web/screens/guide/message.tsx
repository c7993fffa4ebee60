/** One message: who speaks, when, what, and the cards that belong to it. Text stays text; nothing in it becomes markup. */
import { MessagePrimitive, useAuiState } from '@assistant-ui/react';
import { useFormatter, useTranslations } from 'use-intl';
import type { ChatMetadata } from '../../../server/shapes/chat.ts';
import { useApprovals, useGuide, useQuestionsOf } from '../../api/guide.ts';
import { useSession } from '../../api/migrations.ts';
import { ApprovalCard } from '../../parts/cards/approval-card.tsx';
import { PlanQuestion } from '../../parts/cards/plan-question.tsx';
import { Loading } from '../../parts/loading.tsx';
import { parts } from './message-parts.tsx';
import { useMigrationId } from './migration-context.ts';
import { NewsBefore } from './news.tsx';
import { questionOfCard } from './open-question.ts';
import { toldApproval, toldQuestion } from './told-words.ts';
import { useSaidPlace } from './use-log-place.ts';

export function Said() {
  return (
    <>
      <NewsBefore />
      <SaidWords />
    </>
  );
}

function SaidWords() {
  const words = useAuiState(({ message }) => textOf(message.content));
  const from = useAuiState(({ message }) => message.metadata.custom.from) as string | undefined;
  const told = toldQuestion(from, words);
  const at = useAuiState(({ message }) => message.metadata.custom.at) as string | undefined;
  if (told !== null) return <ToldQuestion number={told} />;
  return (
    <>
      <Message />
      {from === 'towpath' ? <ToldApproval from={from} at={at} words={words} /> : null}
    </>
  );
}

/** What became of it. While it is open it stands at the end of the conversation. */
function ToldApproval(told: Parameters<typeof toldApproval>[0]) {
  const id = useMigrationId();
  const guide = useGuide(id).data;
  const card = toldApproval(told, useApprovals(id).data ?? []);
  const standsBelow = guide?.card?.kind === 'approval' && guide.card.approval.id === card?.id;
  return card === null || standsBelow ? null : <ApprovalCard id={id} card={card} />;
}

function textOf(content: readonly { readonly type: string }[]): string {
  return content.map((part) => (part.type === 'text' && 'text' in part ? String(part.text) : '')).join('\n');
}

/** As it stands now. The one that waits stands at the end of the conversation. */
function ToldQuestion({ number }: { readonly number: number }) {
  const id = useMigrationId();
  const card = useGuide(id).data?.card ?? null;
  const questions = useQuestionsOf(id, true).data?.data.questions ?? [];
  const question = questions.find((one) => one.number === number);
  const waits = card === null ? null : questionOfCard(card, questions);
  return question === undefined || waits?.number === number ? null : (
    <PlanQuestion id={id} question={question} quiet={question.answer === null} />
  );
}

function Message() {
  const t = useTranslations('guide');
  const role = useAuiState(({ message }) => message.role);
  const isRunning = useAuiState(({ message }) => message.status?.type === 'running');
  const meta = useAuiState(({ message }) => message.metadata.custom) as Partial<ChatMetadata>;
  const isAsked = useAuiState(({ thread }) => thread.isRunning);
  const isSilent = useAuiState(
    ({ message }) => message.status?.type === 'running' && message.content.length === 0,
  );
  const place = useSaidPlace(role === 'user' && isAsked);
  return (
    <>
      <Day />
      <MessagePrimitive.Root
        ref={place}
        className={role === 'user' ? 'msg msg--you' : 'msg'}
        aria-busy={isRunning}
      >
        <Speaker meta={meta} isPerson={role === 'user'} />
        <div className={role === 'user' ? 'bubble prose' : 'said'}>
          <MessagePrimitive.Parts components={parts} />
          {isSilent ? <Loading words={t('answering')} /> : null}
        </div>
      </MessagePrimitive.Root>
    </>
  );
}

function Speaker({ meta, isPerson }: { readonly meta: Partial<ChatMetadata>; readonly isPerson: boolean }) {
  const t = useTranslations('guide');
  const format = useFormatter();
  const session = useSession().data;
  const time =
    meta.at === undefined ? '' : format.dateTime(new Date(meta.at), { hour: '2-digit', minute: '2-digit' });
  if (isPerson) {
    const isMe = meta.voice === undefined || meta.voice === session?.visitor.name;
    const name = isMe ? t('you') : meta.voice;
    return <p className="msg-meta">{time === '' ? name : `${name}, ${time}`}</p>;
  }
  return (
    <p className="msg-meta">
      <b>{meta.from === 'towpath' ? 'Towpath' : t('title')}</b> {time}
    </p>
  );
}

/** Stands before the first message of a day. */
function Day() {
  const format = useFormatter();
  const day = useAuiState(({ message, thread }) => {
    const at = dayOf(message.metadata.custom);
    // what was said just now has no time yet
    const before = thread.messages
      .slice(0, message.index)
      .findLast(({ metadata }) => dayOf(metadata.custom) !== null);
    return at !== null && dayOf(before?.metadata.custom) !== at ? at : null;
  });
  if (day === null) return null;
  return (
    <p className="day">
      {format.dateTime(new Date(day), { weekday: 'long', day: 'numeric', month: 'long' })}
    </p>
  );
}

function dayOf(custom: Record<string, unknown> | undefined): string | null {
  const at = custom?.at;
  return typeof at === 'string' ? new Date(at).toDateString() : null;
}
