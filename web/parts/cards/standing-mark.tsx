/** How an approval stands, in a word. */
import { useTranslations } from 'use-intl';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import { Icon } from '../icon.tsx';
import type { ApprovalStanding } from './approval-standing.ts';

export interface Standing {
  readonly card: ApprovalCard;
  readonly standing: ApprovalStanding;
}

export function StandingMark({ card, standing }: Standing) {
  const t = useTranslations('approval.mark');
  switch (standing) {
    case 'waiting':
      return (
        <span className="flag">
          <Icon name="flag" small />
          {t('waiting')}
        </span>
      );
    case 'viewer':
      return (
        <span className="tag">
          <Icon name="clock" small />
          {t('viewer')}
        </span>
      );
    case 'approved':
      return (
        <span className="tag tag--pass">
          <Icon name="check" small />
          {t('approved')}
        </span>
      );
    case 'not-now':
      return <span className="tag">{t('notNow')}</span>;
    case 'expired':
    case 'plan-changed':
      return (
        <span className="tag tag--warn">
          <Icon name={standing === 'expired' ? 'clock' : 'warn'} small />
          {t(standing === 'expired' && card.state !== 'granted' ? 'expired' : 'invalid')}
        </span>
      );
  }
}
