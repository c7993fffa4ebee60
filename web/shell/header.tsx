import { useTranslations } from 'use-intl';
import { Link, useRoute } from 'wouter';
import type { Session } from '../../server/shapes/access.ts';
import { useMigration } from '../api/migrations.ts';
import { Icon } from '../parts/icon.tsx';
import { Account } from './account.tsx';
import { nameOnPage } from './name-on-page.ts';
import { isMigration } from './places.ts';

export function Header({ session }: { readonly session: Session | null }) {
  const t = useTranslations('shell');
  const [isInner, place] = useRoute('/:id/:screen');
  // nobody who is not in is told a name
  const id = session !== null && isInner && isMigration(place.id) ? place.id : null;
  const inner = id === null ? '' : '--inner';
  return (
    <header className={id === null ? 'header' : 'header header--inner'}>
      <Link className={`wordmark wordmark${inner}`} href="/">
        <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" strokeLinecap="round">
          <path d="M3 7.5h18" stroke="var(--accent)" strokeWidth="2.5" />
          <path
            d="M3 15c2.25-2.2 4.5-2.2 6 0s3.75 2.2 6 0 4-1.8 6-.4"
            stroke="currentColor"
            strokeWidth="2"
          />
        </svg>
        Towpath
      </Link>
      {id === null ? null : <Crumb id={id} />}
      <div className="header-end">
        <Link className="header-link" href="/help">
          {t('help')}
        </Link>
        {session === null ? null : <Account session={session} />}
      </div>
    </header>
  );
}

function Crumb({ id }: { readonly id: Parameters<typeof useMigration>[0] }) {
  const t = useTranslations();
  const { data } = useMigration(id);
  return (
    <div className="crumb">
      <Link className="back only-phone" href="/" aria-label={t('shell.allMigrations')}>
        <Icon name="left" />
      </Link>
      <span className="crumb-name">{data === undefined ? null : nameOnPage(data, t)}</span>
    </div>
  );
}
