/** What would help: tried first, which writes nothing; then asked for, approved, and done with the rows of this cause. */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { QuarantineCard } from '../../../server/shapes/quarantine.ts';
import { useRole } from '../../api/migrations.ts';
import { ApprovalCard } from '../../parts/cards/approval-card.tsx';
import { Refused } from '../../parts/refused.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { TryResult } from './try-result.tsx';
import type { Fix } from './use-fix.ts';

interface CauseFixProps {
  readonly id: MigrationId;
  readonly card: QuarantineCard;
  readonly fix: Fix;
  readonly isInHand: boolean;
  readonly take: () => void;
}

export function CauseFix({ id, card, fix, isInHand, take }: CauseFixProps) {
  const t = useTranslations('problems.card');
  const role = useRole();
  const said = card.suggestion ?? card.advice;
  const { trial, retry, approval, fits, tryIt, move } = fix;
  return (
    <div className="fix">
      <h3 className="small-title">{t(card.suggestion === null ? 'advice' : 'fix')}</h3>
      <p className="text" {...(said === null ? {} : { lang: 'en' })}>
        {said ?? t('noAdvice')}
      </p>
      {card.suggestion === null ? null : (
        <p className="text muted">
          {card.loses === null ? t('losesNothing') : t('loses', { what: card.loses })}
        </p>
      )}
      <TryResult trial={trial.data ?? null} pending={trial.isPending} />
      <Refused error={trial.error ?? retry.error} />
      {approval === null ? null : <ApprovalCard id={id} card={approval} arrived askAgain={move} />}
      <p className="muted moving" role="status">
        {retry.isPending ? t('moving') : ''}
      </p>
      {role === 'viewer' ? (
        <p className="text muted">{t('viewer')}</p>
      ) : approval?.state === 'requested' ? null : (
        <div className="actions actions--phone">
          {fits ? (
            <WriteButton
              needs="operate"
              look={isInHand ? 'primary' : 'secondary'}
              busy={retry.isPending}
              onPress={() => {
                take();
                move();
              }}
            >
              {t('move', { rows: trial.data?.data.wouldMove ?? card.rows })}
            </WriteButton>
          ) : null}
          <WriteButton
            needs="operate"
            look={isInHand && !fits && card.suggestion !== null ? 'primary' : 'secondary'}
            busy={trial.isPending || retry.isPending}
            onPress={() => {
              take();
              tryIt();
            }}
          >
            {t(trial.data !== undefined ? 'tryAgain' : card.suggestion === null ? 'tryAsIs' : 'try', {
              rows: card.rows,
            })}
          </WriteButton>
        </div>
      )}
      {fits && approval === null ? <p className="small muted">{t('after')}</p> : null}
    </div>
  );
}
