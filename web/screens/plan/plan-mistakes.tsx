import { useTranslations } from 'use-intl';
import type { PlanView } from '../../../server/shapes/plan.ts';
import { Icon } from '../../parts/icon.tsx';
import { Hint } from '../../parts/words.tsx';

/** With these the plan can move nothing. */
export function PlanMistakes({ mistakes }: Pick<PlanView['data'], 'mistakes'>) {
  const t = useTranslations('plan');
  if (mistakes.length === 0) return null;
  return (
    <section className="note note--fail" aria-labelledby="h-mistakes">
      <Icon name="stop" />
      <span>
        <b className="strong" id="h-mistakes">
          {t('mistakes', { count: mistakes.length })}
        </b>
        <ul className="plain-list">
          {mistakes.map(({ path, message, hint }) => (
            <li key={`${path} ${message}`} lang="en">
              {message} <Hint text={hint} />
            </li>
          ))}
        </ul>
      </span>
    </section>
  );
}
