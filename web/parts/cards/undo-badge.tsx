/** Whether something can be undone, as the engine computed it; never written by the guide. */
import { useTranslations } from 'use-intl';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import { Icon } from '../icon.tsx';

export function UndoBadge({ reversible: { answer } }: Pick<ApprovalCard, 'reversible'>) {
  const t = useTranslations('undo');
  if (answer === 'no')
    return (
      <span className="seal">
        <Icon name="lock" small />
        {t('no')}
      </span>
    );
  return (
    <span className={answer === 'yes' ? 'tag' : 'tag tag--warn'}>
      <Icon name={answer === 'yes' ? 'undo' : 'warn'} small />
      {t(answer)}
    </span>
  );
}
