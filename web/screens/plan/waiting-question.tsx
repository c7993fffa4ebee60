/** The question that waits, and the way to where it is answered. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useQuestionsOf } from '../../api/guide.ts';
import { useRole } from '../../api/migrations.ts';
import { Icon } from '../../parts/icon.tsx';
import { addressOf } from '../../shell/places.ts';

export function WaitingQuestion({ id, count }: { readonly id: MigrationId; readonly count: number }) {
  const t = useTranslations('plan.question');
  const next = useQuestionsOf(id, true).data?.data.next ?? null;
  // whoever only reads sees what waits, and who can answer it
  const isViewer = useRole() === 'viewer';
  return (
    <section className={isViewer ? 'card ask' : 'card card--waiting ask'} aria-labelledby="h-ask">
      <div className="ask-text">
        <span className={isViewer ? 'tag' : 'flag'}>
          <Icon name={isViewer ? 'clock' : 'flag'} small />
          {t(isViewer ? 'open' : 'flag', { count })}
        </span>
        <h2 className="small-title" id="h-ask" {...(next === null ? {} : { lang: 'en' })}>
          {next?.text ?? t('title', { count })}
        </h2>
        <p className="text muted">
          {next === null ? null : <span lang="en">{next.why} </span>}
          {t('until')} {isViewer ? t('viewer') : ''}
        </p>
      </div>
      {isViewer ? null : (
        <Link className="btn btn--primary" href={addressOf(id, 'guide')}>
          {t('answer')}
        </Link>
      )}
    </section>
  );
}
