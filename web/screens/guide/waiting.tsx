/**
 * The one decision that waits, at the end of the conversation: always from what the guided migration shows now, never from
 * an old message. A question that the conversation has just asked comes first; an approval comes before everything.
 */
import { useTranslations } from 'use-intl';
import type { ApprovalCard as ApprovalCardData } from '../../../server/shapes/approvals.ts';
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import type { GuideView } from '../../../server/shapes/guide.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useAnswerGuide, useApprovals, useGuide, useQuestionsOf } from '../../api/guide.ts';
import { ApprovalCard } from '../../parts/cards/approval-card.tsx';
import { standingOf } from '../../parts/cards/approval-standing.ts';
import { useArrived } from '../../parts/cards/use-arrived.ts';
import { useSeen } from '../../parts/cards/use-seen.ts';
import { Refused } from '../../parts/refused.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { newestBeside } from './approval-beside.ts';
import { GuideQuestion } from './guide-question.tsx';
import { NotWaiting } from './not-waiting.tsx';
import { askedLast } from './open-question.ts';
import { isSaidLast } from './told-words.ts';
import { useCardPlace } from './use-log-place.ts';
import type { Beginning } from './use-start.ts';

interface WaitingProps {
  readonly id: MigrationId;
  readonly messages: readonly ChatMessage[];
  readonly start: Beginning;
}

export function Waiting(props: WaitingProps) {
  const guide = useGuide(props.id).data;
  const place = useCardPlace(guide?.cardId ?? null);
  return (
    <div className="waiting" ref={place}>
      <Decision {...props} />
    </div>
  );
}

function Decision({ id, messages, start }: WaitingProps) {
  const guide = useGuide(id).data;
  const asked = askedLast(messages);
  const questions = useQuestionsOf(id, asked !== null).data?.data.questions;
  const seen = useSeen(id);
  const approvals = useApprovals(id);
  // what was asked for in the conversation or on another screen since; null: nothing that a person can still decide
  const beside = newestBeside(approvals.data ?? [], guide?.card ?? null, seen);
  const isKnown = guide !== undefined && !approvals.isPending;
  const arrived = useArrived(beside?.id ?? guide?.cardId ?? guide?.state ?? null, isKnown);
  if (guide === undefined) return null;
  if (beside !== null) return <ApprovalCard key={beside.id} id={id} card={beside} arrived={arrived} />;
  const { card } = guide;
  if (guide.state !== 'waiting' || card === null)
    return <NotWaiting id={id} guide={guide} isSaid={isSaidLast(messages, guide.words)} begins={start} />;
  if (card.kind === 'approval')
    return (
      <WaitingApproval key={guide.cardId} id={id} guide={guide} card={card.approval} arrived={arrived} />
    );
  const isAskedAbove = questions?.some(({ number, answer }) => number === asked && answer === null) ?? false;
  if (isAskedAbove) return null;
  return (
    <GuideQuestion
      key={guide.cardId}
      id={id}
      card={card}
      cardId={guide.cardId ?? ''}
      arrived={arrived}
      isSaid={isSaidLast(messages, card.text)}
    />
  );
}

const soon = 5000;

interface WaitingApprovalProps {
  readonly id: MigrationId;
  readonly guide: GuideView;
  readonly card: ApprovalCardData;
  readonly arrived: boolean;
}

function WaitingApproval({ id, guide, card, arrived }: WaitingApprovalProps) {
  const t = useTranslations('guide');
  const live = useApprovals(id).data?.find((one) => one.id === card.id) ?? card;
  const look = useAnswerGuide(id);
  const seen = useSeen(id);
  const standing = standingOf(live, seen);
  const lookAgain = () => look.mutate({ answer: 'look', cardId: guide.cardId ?? '' });
  // as a rule the guided migration goes on by itself as soon as it is decided
  const isDecided = standing === 'approved' || standing === 'not-now';
  const isForgotten = isDecided && seen.now.getTime() - new Date(live.decidedAt ?? 0).getTime() > soon;
  return (
    <>
      <ApprovalCard id={id} card={live} arrived={arrived} askAgain={lookAgain} />
      {isForgotten ? (
        <div className="actions chat-card">
          <WriteButton needs="operate" busy={look.isPending} onPress={lookAgain}>
            {t('goOn')}
          </WriteButton>
        </div>
      ) : null}
      <Refused error={look.error} />
    </>
  );
}
