/**
 * Asked for earlier, by somebody else or before this page was loaded: to be decided, or decided and not carried out yet. Which
 * cause it is about is not in it; whoever has the same rows moved again finds it granted and is not asked twice.
 */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useApprovals } from '../../api/guide.ts';
import { ApprovalCard } from '../../parts/cards/approval-card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { openRetries } from './open-retry-cards.ts';

interface OpenRetriesProps {
  readonly id: MigrationId;
  readonly runId: string;
  /** Ids of those that stand in the card of their cause. */
  readonly asked: ReadonlySet<string>;
}

export function OpenRetries({ id, runId, asked }: OpenRetriesProps) {
  const t = useTranslations('problems.openRetry');
  const open = openRetries(useApprovals(id).data ?? [], { runId, asked, now: new Date() });
  return open.map((card) => (
    <section key={card.id} className="stack" aria-label={t('region')}>
      <ApprovalCard id={id} card={card} />
      {card.state === 'granted' ? (
        <p className="note">
          <Icon name="info" />
          <span>{t('granted')}</span>
        </p>
      ) : null}
    </section>
  ));
}
