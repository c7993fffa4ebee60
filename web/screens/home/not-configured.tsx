/** No database of one's own is configured: how that is done, outside this page, and what can be tried meanwhile. */
import { useTranslations } from 'use-intl';

export function NotConfigured() {
  const t = useTranslations('home.notConfigured');
  return (
    <section className="card start" aria-labelledby="h-start">
      <h2 className="card-title" id="h-start">
        {t('title')}
      </h2>
      <p className="text muted">{t('text')}</p>
      <ol className="init-steps">
        <li>
          {t('init')} <code>npm run towpath -- init</code>
        </li>
        <li>
          {t('check')} <code>npm run towpath -- preflight</code>
        </li>
        <li>
          {t('serve')} <code>npm start</code>
        </li>
      </ol>
      <p className="small muted start-help">{t('help')}</p>
    </section>
  );
}
