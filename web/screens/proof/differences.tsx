/** Differences between the old and the new system. They close the sign-off until they are solved. */
import { useTranslations } from 'use-intl';
import type { Proof } from '../../../server/shapes/proof.ts';
import { Icon } from '../../parts/icon.tsx';

export function Differences({ proof: { differences, differencesCount } }: { readonly proof: Proof }) {
  const t = useTranslations('proof.differences');
  if (differencesCount === 0) return null;
  const rest = differencesCount - differences.length;
  return (
    <section aria-labelledby="h-diff">
      <h2 className="section-title" id="h-diff">
        {t('title', { count: differencesCount })}
      </h2>
      <p className="note note--fail" role="alert">
        <Icon name="stop" />
        <span>{t('closed')}</span>
      </p>
      <ul className="ticks differences" lang="en">
        {differences.map(({ entity, check, column, message }) => (
          <li key={`${entity} ${check} ${column} ${message}`}>{message}</li>
        ))}
      </ul>
      {rest > 0 ? <p className="small muted">{t('more', { count: rest })}</p> : null}
    </section>
  );
}
