/** Who is signed in, with the way out. On a phone the name is behind the button as well: there is no room for it. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Session } from '../../server/shapes/access.ts';
import { useSignOut } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Refused } from '../parts/refused.tsx';

export function Account({ session: { visitor } }: { readonly session: Session }) {
  const t = useTranslations('shell');
  const role = t(`role.${visitor.role}`);
  const signOut = useSignOut();
  return (
    <>
      <button className="person" type="button" popoverTarget="account">
        <Icon name="user" />
        <span className="hide">{t('account')} </span>
        <span className="person-name">{visitor.name}</span>
        <span className="person-role">{role}</span>
        <span className="only-desktop">
          <Icon name="down" small />
        </span>
      </button>
      <div className="account" id="account" popover="auto">
        <p className="strong">{visitor.name}</p>
        <p className="muted">{role}</p>
        <Link
          className="rail-link only-phone"
          href="/help"
          onClick={() => document.getElementById('account')?.hidePopover()}
        >
          {t('help')}
        </Link>
        <button
          className="btn btn--secondary"
          type="button"
          aria-disabled={signOut.isPending}
          onClick={() => signOut.isPending || signOut.mutate()}
        >
          {t('signOut')}
        </button>
        <Refused error={signOut.error} />
      </div>
    </>
  );
}
