/** The question that waits, and the way to where it is answered. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useQuestionsOf } from '../../api/guide.ts';
import { Icon } from '../../parts/icon.tsx';
import { addressOf } from '../../shell/places.ts';

export function WaitingQuestion({ id, count }: { readonly id: MigrationId; readonly count: number }) {
  const t = useTranslations('plan.question');
  const next = useQuestionsOf(id, true).data?.data.next ?? null;
  return (
    <section className="card card--waiting ask" aria-labelledby="h-ask">
      <div className="ask-text">
        <span className="flag">
          <Icon name="flag" small />
          {t('flag', { count })}
        </span>
        <h2 className="small-title" id="h-ask">
          {next?.text ?? t('title', { count })}
        </h2>
        <p className="text muted">
          {next === null ? '' : `${next.why} `}
          {t('until')}
        </p>
      </div>
      <Link className="btn btn--primary" href={addressOf(id, 'guide')}>
        {t('answer')}
      </Link>
    </section>
  );
}
