/** What would help: tried first, which writes nothing; then asked for, approved, and done with the rows of this cause. */
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { QuarantineCard, RetryAnswer } from '../../../server/shapes/quarantine.ts';
import { useApprovals } from '../../api/guide.ts';
import { useRetryHeld, useTryFix } from '../../api/problems.ts';
import { ApprovalCard } from '../../parts/cards/approval-card.tsx';
import { Refused } from '../../parts/refused.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import type { Moved } from './head-of.ts';
import { TryResult } from './try-result.tsx';

interface CauseFixProps {
  readonly id: MigrationId;
  readonly card: QuarantineCard;
  readonly isInHand: boolean;
  readonly take: () => void;
  readonly tellMoved: (moved: Moved) => void;
}

export function CauseFix({ id, card, isInHand, take, tellMoved }: CauseFixProps) {
  const t = useTranslations('problems.card');
  const choice = { cards: [card.id], suggested: card.suggestion !== null };
  const trial = useTryFix(id);
  const retry = useRetryHeld(id);
  const answer = retry.data;
  const asked = answer?.status === 'needs-approval' ? answer.card : null;
  const approval = useApprovals(id).data?.find((one) => one.id === asked?.id) ?? asked;
  const move = () =>
    retry.mutate(choice, { onSuccess: (given) => given.status === 'done' && tellMoved(movedOf(given)) });
  useOnce(approval?.state === 'granted' ? approval.id : null, move);
  const fits = trial.data !== undefined && trial.data.data.wouldMove > 0 && trial.data.data.refusal === null;
  return (
    <div className="fix">
      <h3 className="small-title">{t(card.suggestion === null ? 'advice' : 'fix')}</h3>
      <p className="text">{card.suggestion ?? card.advice ?? t('noAdvice')}</p>
      {card.suggestion === null ? null : (
        <p className="text muted">
          {card.loses === null ? t('losesNothing') : t('loses', { what: card.loses })}
        </p>
      )}
      <TryResult trial={trial.data ?? null} pending={trial.isPending} />
      <Refused error={trial.error ?? retry.error} />
      {approval !== null && approval.state !== 'used' ? (
        <ApprovalCard id={id} card={approval} arrived askAgain={move} />
      ) : null}
      {approval?.state === 'requested' ? null : (
        <div className="actions actions--phone">
          {fits ? (
            <WriteButton
              needs="operate"
              look={isInHand ? 'primary' : 'secondary'}
              busy={retry.isPending}
              onPress={move}
            >
              {t('move', { rows: trial.data?.data.wouldMove ?? card.rows })}
            </WriteButton>
          ) : null}
          <WriteButton
            needs="operate"
            look={isInHand && !fits && card.suggestion !== null ? 'primary' : 'secondary'}
            busy={trial.isPending}
            onPress={() => {
              take();
              trial.mutate(choice);
            }}
          >
            {t(trial.data !== undefined ? 'tryAgain' : card.suggestion === null ? 'tryAsIs' : 'try', {
              rows: card.rows,
            })}
          </WriteButton>
        </div>
      )}
      {fits ? <p className="small muted">{t('after')}</p> : null}
    </div>
  );
}

function movedOf(answer: RetryAnswer & { readonly status: 'done' }): Moved {
  return { words: answer.told.words, differs: answer.told.data.verified === false };
}

/** A yes is carried out once, by whoever asked for it. */
function useOnce(granted: string | null, act: () => void): void {
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (granted === null || done.current === granted) return;
    done.current = granted;
    act();
  });
}
