/** An approval about this run: to be decided, or decided and not carried out yet. */
import { useTranslations } from 'use-intl';
import type { ApprovalCard as Card } from '../../../server/shapes/approvals.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { ApprovalCard } from '../../parts/cards/approval-card.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import type { Steering } from './steering.ts';

interface WaitingApprovalProps {
  readonly id: MigrationId;
  readonly card: Card;
  readonly steering: Steering;
  /** It came while the screen was open. */
  readonly arrived: boolean;
}

export function WaitingApproval({ id, card, steering, arrived }: WaitingApprovalProps) {
  const t = useTranslations('progress.approval');
  return (
    <section aria-label={t('region')} className="stack">
      <ApprovalCard id={id} card={card} arrived={arrived} />
      {card.state === 'granted' ? (
        <div className="actions">
          <WriteButton
            needs="operate"
            look="secondary"
            busy={steering.busy !== null}
            onPress={() => steering.carryOut(card)}
          >
            {t(card.action === 'rollback' ? 'undoNow' : 'goOnNow')}
          </WriteButton>
        </div>
      ) : null}
    </section>
  );
}
