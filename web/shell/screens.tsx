/** Which screen an address shows. Each screen but the first is loaded when it is needed. */
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { isSignedOut } from '../api/ask.ts';
import { useMigration, useSession } from '../api/migrations.ts';
import { Home } from '../screens/home/home.tsx';
import { Coming } from './coming.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { Frame } from './frame.tsx';
import { Header } from './header.tsx';
import { Mishap } from './mishap.tsx';
import { nameOnPage } from './name-on-page.ts';
import { isMigration, isScreen, type ScreenName } from './places.ts';
import { SignIn } from './sign-in.tsx';
import { Trouble } from './trouble.tsx';
import './shell.css';

const loaded = {
  guide: lazy(() => import('../screens/guide/guide.tsx')),
  problems: lazy(() => import('../screens/problems/problems.tsx')),
  plan: lazy(() => import('../screens/plan/plan.tsx')),
  progress: lazy(() => import('../screens/progress/progress.tsx')),
  proof: lazy(() => import('../screens/proof/proof.tsx')),
} satisfies Record<ScreenName, unknown>;
const Help = lazy(() => import('../screens/help/help.tsx'));

export function Screens() {
  const t = useTranslations('shell');
  const session = useSession();
  const isOut = session.isError && isSignedOut(session.error);
  useArrival(isOut);
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header session={isOut ? null : (session.data ?? null)} />
      <ConnectionBar />
      <Switch>
        <Route path="/help">
          <Titled title={t('help')}>
            <Mishap>
              <Suspense fallback={<Coming title={t('help')} />}>
                <Help />
              </Suspense>
            </Mishap>
          </Titled>
        </Route>
        <Route>
          <Inside session={session} isOut={isOut} />
        </Route>
      </Switch>
    </>
  );
}

interface InsideProps {
  readonly session: ReturnType<typeof useSession>;
  readonly isOut: boolean;
}

/** What is for those who are signed in. */
function Inside({ session, isOut }: InsideProps) {
  const t = useTranslations('signIn');
  if (isOut)
    return (
      <Titled title={t('title')}>
        <SignIn />
      </Titled>
    );
  if (session.isLoadingError) return <Trouble error={session.error} again={() => void session.refetch()} />;
  return (
    <Switch>
      <Route path="/">
        <Titled title={null}>
          <Home />
        </Titled>
      </Route>
      <Route path="/:id/:screen">{({ id, screen }) => <Place id={id} screen={screen} />}</Route>
      <Route path="/:id">{({ id }) => <Redirect to={`/${id}/guide`} replace />}</Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  );
}

function Place({ id, screen }: { readonly id: string; readonly screen: string }) {
  if (!isMigration(id) || !isScreen(screen)) return <Redirect to="/" replace />;
  return <Shown id={id} screen={screen} />;
}

function Shown({
  id,
  screen,
}: {
  readonly id: Parameters<typeof useMigration>[0];
  readonly screen: ScreenName;
}) {
  const t = useTranslations();
  const { data } = useMigration(id);
  const name = data === undefined ? [] : [nameOnPage(data, t)];
  const Screen = loaded[screen];
  return (
    <Titled title={[t(`shell.${screen}`), ...name].join(', ')}>
      <Frame id={id} screen={screen} key={id}>
        <Screen id={id} />
      </Frame>
    </Titled>
  );
}

function Titled({ title, children }: { readonly title: string | null; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = title === null ? 'Towpath' : `${title}, Towpath`;
  }, [title]);
  return children;
}

const lookEvery = 100;
const looks = 30;

/** Another screen, and coming in or having to, bring the keyboard to the content, as loading another page would. */
function useArrival(isOut: boolean): void {
  const [path] = useLocation();
  const location = `${path} ${isOut}`;
  const before = useRef(location);
  useEffect(() => {
    if (before.current === location) return;
    before.current = location;
    window.scrollTo(0, 0);
    focusMain();
    // a screen that is still being loaded is drawn anew when it is there, and the keyboard with it is nowhere
    let left = looks;
    const timer = setInterval(() => {
      left -= 1;
      if (document.activeElement === document.body) focusMain();
      if (left === 0) clearInterval(timer);
    }, lookEvery);
    return () => clearInterval(timer);
  }, [location]);
}

function focusMain(): void {
  const main = document.getElementById('main');
  if (main === null) return;
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}
