/** Nothing has been moved yet: why, and what comes first. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useMigration } from '../../api/migrations.ts';
import { addressOf } from '../../shell/places.ts';

export function BeforeMove({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('progress.before');
  const journey = useMigration(id).data?.journey;
  const plan = journey?.plan ?? null;
  return (
    <div className="page">
      <section className="card stack" aria-labelledby="h-before">
        <h1 className="title" id="h-before">
          {t('title')}
        </h1>
        <p className="text">
          {plan === null ? t('noPlan') : t('plan', { rows: plan.rows, levels: plan.levels })}
        </p>
        <p className="text muted" lang="en">
          {journey?.next}
        </p>
        <p className="text muted">{t('window')}</p>
        <p className="actions">
          <Link className="btn btn--primary" href={addressOf(id, 'guide')}>
            {t('guide')}
          </Link>
          {plan === null ? null : (
            <Link className="btn btn--secondary" href={addressOf(id, 'plan')}>
              {t('showPlan')}
            </Link>
          )}
        </p>
      </section>
    </div>
  );
}
