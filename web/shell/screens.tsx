/** Which screen an address shows. Each screen but the first is loaded when it is needed. */
import { lazy } from 'react';
import { useTranslations } from 'use-intl';
import { Redirect, Route, Switch } from 'wouter';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import { useSession } from '../api/migrations.ts';
import { Home } from '../screens/home/home.tsx';
import { Frame } from './frame.tsx';
import { Header } from './header.tsx';
import { type ScreenName, screens } from './places.ts';
import { Trouble } from './trouble.tsx';

const loaded = {
  guide: lazy(() => import('../screens/guide/guide.tsx')),
  problems: lazy(() => import('../screens/problems/problems.tsx')),
  plan: lazy(() => import('../screens/plan/plan.tsx')),
  progress: lazy(() => import('../screens/progress/progress.tsx')),
  proof: lazy(() => import('../screens/proof/proof.tsx')),
} satisfies Record<ScreenName, unknown>;

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
          <Route path="/">
            <Home />
          </Route>
          <Route path="/:id/:screen">{({ id, screen }) => <Place id={id} screen={screen} />}</Route>
          <Route path="/:id">{({ id }) => <Redirect to={`/${id}/guide`} replace />}</Route>
          <Route>
            <Redirect to="/" replace />
          </Route>
        </Switch>
      )}
    </>
  );
}

function Place({ id, screen }: { readonly id: string; readonly screen: string }) {
  if (!isMigration(id) || !isScreen(screen)) return <Redirect to="/" replace />;
  const Screen = loaded[screen];
  return (
    <Frame id={id} screen={screen} key={id}>
      <Screen id={id} />
    </Frame>
  );
}

const isScreen = (name: string): name is ScreenName => (screens as readonly string[]).includes(name);
const isMigration = (id: string): id is MigrationId => id === 'own' || id === 'sample';
