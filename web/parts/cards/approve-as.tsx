/** Who approves, what for, and until when. */
import { useTranslations } from 'use-intl';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import { useSession } from '../../api/migrations.ts';
import { useMoment } from '../moment.ts';

export function ApproveAs({ card }: { readonly card: ApprovalCard }) {
  const t = useTranslations('approval');
  const moment = useMoment();
  const name = useSession().data?.visitor.name ?? '';
  const until = moment(card.expiresAt);
  return (
    <p className="small muted approve-as">{t(card.planHash === '' ? 'as' : 'asForPlan', { name, until })}</p>
  );
}
