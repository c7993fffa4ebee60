/** Which screen an address shows. Each screen but the first is loaded when it is needed. */
import { useTranslations } from 'use-intl';
import { Route, Switch } from 'wouter';
import { useSession } from '../api/migrations.ts';
import { Home } from '../screens/home/home.tsx';
import { Header } from './header.tsx';
import { Trouble } from './trouble.tsx';

export function Screens() {
  const t = useTranslations('shell');
  const session = useSession();
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header session={session.data ?? null} />
      {session.isError ? (
        <Trouble error={session.error} again={() => void session.refetch()} />
      ) : (
        <Switch>
          <Route>
            <Home />
          </Route>
        </Switch>
      )}
    </>
  );
}
