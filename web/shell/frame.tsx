/** A migration's frame: the rail (folded into a strip on a phone), and the screen beside it. */
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import { useMigration, useOpenMigration } from '../api/migrations.ts';
import { Loading } from '../parts/loading.tsx';
import type { ScreenName } from './places.ts';
import { Rail } from './rail.tsx';
import { Strip } from './strip.tsx';
import { Trouble } from './trouble.tsx';

interface FrameProps {
  readonly id: MigrationId;
  readonly screen: ScreenName;
  readonly children: ReactNode;
}

export function Frame({ id, screen, children }: FrameProps) {
  const t = useTranslations('frame');
  const migration = useMigration(id);
  const open = useOpenMigration();
  const state = migration.data?.state;
  const { mutate } = open;
  useEffect(() => {
    if (state === 'closed') mutate(id);
  }, [state, id, mutate]);
  if (migration.isError) return <Trouble error={migration.error} again={() => void migration.refetch()} />;
  const view = migration.data;
  if (view === undefined || view.state !== 'open') {
    return (
      <main id="main" className="main">
        <div className="page">
          {view?.problem ? (
            <Trouble
              error={new Error(view.problem.message)}
              hint={view.problem.hint}
              again={() => mutate(id)}
            />
          ) : (
            <Loading words={t(view?.state === 'opening' ? 'opening' : 'loading')} />
          )}
        </div>
      </main>
    );
  }
  return (
    <>
      <Strip migration={view} screen={screen} />
      <div className="shell">
        <nav className="rail" aria-label={t('navigation')}>
          <Rail migration={view} screen={screen} />
        </nav>
        <Suspense fallback={<Loading words={t('loading')} />}>{children}</Suspense>
      </div>
    </>
  );
}
