import { useTranslations } from 'use-intl';
import { Link, useRoute } from 'wouter';
import type { Session } from '../../server/shapes/access.ts';
import { useMigration } from '../api/migrations.ts';
import { Icon } from '../parts/icon.tsx';
import { isMigration } from './places.ts';

export function Header({ session }: { readonly session: Session | null }) {
  const [isInner, place] = useRoute('/:id/:screen');
  const id = isInner && isMigration(place.id) ? place.id : null;
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
      {session === null ? null : <Person session={session} />}
    </header>
  );
}

function Crumb({ id }: { readonly id: Parameters<typeof useMigration>[0] }) {
  const t = useTranslations('shell');
  const { data } = useMigration(id);
  return (
    <div className="crumb">
      <Link className="back only-phone" href="/" aria-label={t('allMigrations')}>
        <Icon name="left" />
      </Link>
      <span className="crumb-name">{data?.name}</span>
    </div>
  );
}

/** On a phone the name is behind a button: there is no room for it. */
function Person({ session: { visitor } }: { readonly session: Session }) {
  const t = useTranslations('shell');
  const role = t(`role.${visitor.role}`);
  return (
    <div className="header-end">
      <span className="person only-desktop">
        <Icon name="user" />
        <span className="person-name">{visitor.name}</span>
        <span className="person-role">{role}</span>
      </span>
      <button
        className="icon-btn only-phone"
        type="button"
        popoverTarget="account"
        aria-label={t('account', { name: visitor.name, role })}
      >
        <Icon name="user" />
      </button>
      <div className="account" id="account" popover="auto">
        <p className="strong">{visitor.name}</p>
        <p className="muted">{role}</p>
      </div>
    </div>
  );
}
