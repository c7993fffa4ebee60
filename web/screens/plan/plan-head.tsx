/** What the plan is in one sentence, whether it is approved as it stands, and the way to what changed since. */
import { useFormatter, useTranslations } from 'use-intl';
import type { PlanView } from '../../../server/shapes/plan.ts';
import { Icon } from '../../parts/icon.tsx';

interface PlanHeadProps {
  readonly plan: PlanView['data'];
  readonly compares: boolean;
  readonly compare: () => void;
}

export function PlanHead({ plan, compares, compare }: PlanHeadProps) {
  const t = useTranslations('plan');
  const format = useFormatter();
  const { entities, rows, levels, excluded, approved } = plan;
  return (
    <div className="page-head">
      <div>
        <h1 className="title">{t('title')}</h1>
        <p className="text">{t('summary', { entities, rows, levels, excluded: excluded.length })}</p>
        {approved === null ? (
          <p className="text">{t('notApproved')}</p>
        ) : (
          <p className="text plan-approved">
            <span className={approved.current ? 'tag tag--pass' : 'tag tag--warn'}>
              <Icon name={approved.current ? 'check' : 'warn'} small />
              {t(approved.current ? 'approvedTag' : 'changedTag')}
            </span>
            <span>
              {t(approved.current ? 'approved' : 'changedSince', {
                by: approved.by,
                action: approved.action === 'retry-quarantine' ? 'retry' : approved.action,
                at: format.dateTime(new Date(approved.at), { dateStyle: 'long', timeStyle: 'short' }),
              })}
            </span>
          </p>
        )}
      </div>
      {approved === null || approved.current ? null : (
        <div className="actions">
          <button className="btn btn--secondary" type="button" aria-expanded={compares} onClick={compare}>
            {t(compares ? 'compareNoMore' : 'compare')}
          </button>
        </div>
      )}
    </div>
  );
}
