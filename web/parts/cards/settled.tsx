/** An approval that this person cannot decide: it is decided, out of time, about another plan, or somebody else's. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useAskApproval } from '../../api/guide.ts';
import { useMoment } from '../moment.ts';
import { Refused } from '../refused.tsx';
import { WriteButton } from '../write-button.tsx';
import { ApprovalFacts } from './approval-facts.tsx';
import type { Standing } from './standing-mark.tsx';

interface SettledProps extends Standing {
  readonly id: MigrationId;
  readonly askAgain?: (() => void) | undefined;
}

export function Settled({ id, card, standing, askAgain }: SettledProps) {
  const t = useTranslations('approval');
  const moment = useMoment();
  const ask = useAskApproval(id);
  const by = card.decidedBy ?? t('somebody');
  const at = moment(card.decidedAt ?? card.requestedAt);
  if (standing === 'viewer')
    return (
      <>
        <ApprovalFacts card={card} />
        <p className="text muted approve-as">{t('viewer')}</p>
      </>
    );
  if (standing === 'approved' || standing === 'not-now')
    return (
      <p className="text approve-as">
        {t(standing === 'approved' ? 'approvedBy' : 'declinedBy', { by, at })}{' '}
        {card.reason === null || card.reason === '' ? null : t('reasonGiven', { reason: card.reason })}
      </p>
    );
  return (
    <>
      <p className="text approve-as">
        {standing === 'expired'
          ? t('expiredAt', { at: moment(card.expiresAt) })
          : t(card.state === 'granted' ? 'planChangedAfter' : 'planChanged', { by, at })}
      </p>
      <div className="actions approve-as">
        {standing === 'plan-changed' ? (
          <Link className="btn btn--secondary" href={`/${id}/plan`}>
            {t('showChange')}
          </Link>
        ) : null}
        <WriteButton
          needs="operate"
          look="secondary"
          busy={ask.isPending}
          onPress={askAgain ?? (() => ask.mutate(card.action))}
        >
          {t('askAgain')}
        </WriteButton>
      </div>
      <Refused error={ask.error} />
    </>
  );
}
