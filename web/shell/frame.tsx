/** A migration's frame: the rail (folded into a strip on a phone), and the screen beside it. */
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId, MigrationView } from '../../server/shapes/migrations.ts';
import { LiveProvider, useLive } from '../api/live.tsx';
import { useMay, useMigration, useOpenMigration, useSession } from '../api/migrations.ts';
import { Icon } from '../parts/icon.tsx';
import { helpAbout } from '../parts/links-in-words.ts';
import { Hint, Words } from '../parts/words.tsx';
import { Closed } from './closed.tsx';
import { Coming } from './coming.tsx';
import { Mishap } from './mishap.tsx';
import type { ScreenName } from './places.ts';
import { Rail } from './rail.tsx';
import { Strip } from './strip.tsx';
import { Trouble } from './trouble.tsx';
import { whoOpens } from './who-opens.ts';

interface FrameProps {
  readonly id: MigrationId;
  readonly screen: ScreenName;
  readonly children: ReactNode;
}

export function Frame({ id, screen, children }: FrameProps) {
  const t = useTranslations();
  const title = t(`shell.${screen}`);
  const migration = useMigration(id);
  const open = useOpenMigration();
  const view = migration.data;
  const { mutate } = open;
  const opener = useOpener(view);
  useEffect(() => {
    if (opener === 'this-page') mutate(id);
  }, [opener, id, mutate]);
  const shown = useLastOpen(view);
  // what is known stays on the screen while the server or the databases are away
  if (shown === null) {
    if (migration.isLoadingError)
      return <Trouble error={migration.error} again={() => void migration.refetch()} />;
    if (open.isError) return <Trouble error={open.error} again={() => mutate(id)} />;
    const look = () => void migration.refetch();
    return <Closed title={title} view={view} opener={opener} look={look} open={() => mutate(id)} />;
  }
  return (
    <LiveProvider id={id}>
      <Strip migration={shown} screen={screen} />
      <div className="shell">
        <nav className="rail" aria-label={t('frame.navigation')}>
          <Rail migration={shown} screen={screen} />
        </nav>
        <div className="shell-screen">
          <DatabaseTrouble view={view} opener={opener} />
          <Mishap key={screen}>
            <Suspense fallback={<Coming title={title} />}>{children}</Suspense>
          </Mishap>
        </div>
      </div>
    </LiveProvider>
  );
}

function useOpener(view: MigrationView | undefined): ReturnType<typeof whoOpens> {
  const role = useSession().data?.visitor.role;
  return whoOpens(view?.state, { role, reached: useMay().reached });
}

interface DatabaseTroubleProps {
  readonly view: MigrationView | undefined;
  readonly opener: ReturnType<typeof whoOpens>;
}

/** Null: it has not been open since this page was loaded. */
function useLastOpen(view: MigrationView | undefined): MigrationView | null {
  const [last, setLast] = useState<MigrationView | null>(null);
  const now = view?.state === 'open' ? view : null;
  if (now !== null && now !== last) setLast(now);
  return now ?? last;
}

/** Towpath answers, but its databases do not, or are being opened again. */
function DatabaseTrouble({ view, opener }: DatabaseTroubleProps) {
  const t = useTranslations();
  const { trouble } = useLive();
  const problem = view?.problem ?? null;
  const reopening = t(opener === 'others' ? 'frame.stopped' : 'frame.reopening');
  const words =
    trouble ??
    (problem === null ? null : { words: problem.message, hint: problem.hint }) ??
    (view === undefined || view.state === 'open' ? null : { words: reopening, hint: null });
  return (
    <div role="status">
      {words === null ? null : (
        <p className="note note--warn database-trouble">
          <Icon name="off" />
          <span>
            <b className="strong">
              <Words text={words.words} />
            </b>{' '}
            <Hint text={words.hint} />{' '}
            {problem === null ? null : <Link href={helpAbout(problem.code)}>{t('words.more')}</Link>}
          </span>
        </p>
      )}
    </div>
  );
}
