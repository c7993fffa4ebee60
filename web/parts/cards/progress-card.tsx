/** How far the move is: copied and checked are told apart, and no time left is shown that is not known. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { RunFacts } from '../../../server/shapes/runs.ts';

interface ProgressCardProps {
  readonly id: MigrationId;
  readonly run: RunFacts;
}

export function ProgressCard({ id, run }: ProgressCardProps) {
  const t = useTranslations('progressCard');
  const { level, levels, totalRecords, written, setAside, alive } = run;
  const done = written + setAside + (run.duplicates ?? 0);
  const share = totalRecords === 0 ? 0 : Math.min(100, Math.floor((done / totalRecords) * 100));
  const state = run.gateClosed
    ? 'gate'
    : alive
      ? 'running'
      : run.state === 'completed'
        ? 'copied'
        : 'stopped';
  return (
    <article className="card chat-card stack-s">
      <h2 className="small-title">{t(`title.${state}`, { level, levels })}</h2>
      <p className="text">{t('rows', { done, total: totalRecords, setAside })}</p>
      <div
        className="bar"
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-label={t('copied')}
      >
        <svg className="bar-fill" aria-hidden="true">
          <rect width={`${share}%`} height="100%" />
        </svg>
      </div>
      <div className="card-foot">
        <span className="key key--copied">{t('copied')}</span>
        <span>{alive ? t('mayClose') : null}</span>
        <Link href={`/${id}/progress`}>{t('open')}</Link>
      </div>
    </article>
  );
}
