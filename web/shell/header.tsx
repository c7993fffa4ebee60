import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Session } from '../../server/shapes/access.ts';
import { Icon } from '../parts/icon.tsx';

export function Header({ session }: { readonly session: Session | null }) {
  const t = useTranslations('shell');
  return (
    <header className="header">
      <Link className="wordmark" href="/">
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
      <div className="header-end">
        {session === null ? null : (
          <span className="person">
            <Icon name="user" />
            <span className="person-name">{session.visitor.name}</span>
            <span className="person-role">{t(`role.${session.visitor.role}`)}</span>
          </span>
        )}
      </div>
    </header>
  );
}
