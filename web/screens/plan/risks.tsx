import { useTranslations } from 'use-intl';
import type { PlanView } from '../../../server/shapes/plan.ts';

const order = ['high', 'medium', 'low'] as const;

/** What is worth knowing before anybody says yes; the heaviest first. */
export function Risks({ risks }: Pick<PlanView['data'], 'risks'>) {
  const t = useTranslations('plan.risks');
  if (risks.length === 0) return null;
  const sorted = risks.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <section className="card" aria-labelledby="h-risks">
      <div className="card-head">
        <h2 className="card-title" id="h-risks">
          {t('title')}
        </h2>
        <span className="small muted">{t('count', { count: risks.length })}</span>
      </div>
      <ul className="risks">
        {sorted.map(({ severity, text }) => (
          <li key={text}>
            <span className={severity === 'high' ? 'tag tag--warn' : 'tag'}>{t(severity)}</span>
            <span className="text" lang="en">
              {text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
