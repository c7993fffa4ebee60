import { useTranslations } from 'use-intl';
import type { PlanView } from '../../../server/shapes/plan.ts';
import { Icon } from '../../parts/icon.tsx';

/** Tables that do not move, each with its reason. */
export function LeftBehind({ excluded }: Pick<PlanView['data'], 'excluded'>) {
  const t = useTranslations('plan.left');
  return (
    <section className="card" aria-labelledby="h-left">
      <div className="card-head">
        <h2 className="card-title" id="h-left">
          {t('title', { count: excluded.length })}
        </h2>
      </div>
      <p className="text">{t(excluded.length === 0 ? 'none' : 'text')}</p>
      {excluded.length === 0 ? null : (
        <details className="details">
          <summary>
            <Icon name="chev" small />
            {t('names', { count: excluded.length })}
          </summary>
          <div className="details-body">
            <ul className="plain-list">
              {excluded.map(({ table, reason }) => (
                <li key={table}>
                  <code>{table}</code> <span lang="en">{reason}</span>
                </li>
              ))}
            </ul>
          </div>
        </details>
      )}
    </section>
  );
}
