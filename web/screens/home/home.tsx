/** The first screen: the migrations there are, how one begins, and the way to try it with sample data. */
import { useTranslations } from 'use-intl';
import type { MigrationSummary } from '../../../server/shapes/migrations.ts';
import { useMigrations } from '../../api/migrations.ts';
import { Loading } from '../../parts/loading.tsx';
import { Trouble } from '../../shell/trouble.tsx';
import { MigrationLine } from './migration-line.tsx';
import { NotConfigured } from './not-configured.tsx';
import { SampleCard } from './sample-card.tsx';
import { Start } from './start.tsx';
import './home.css';

export function Home() {
  const t = useTranslations('home');
  const migrations = useMigrations();
  if (migrations.isLoadingError)
    return <Trouble error={migrations.error} again={() => void migrations.refetch()} />;
  const list = migrations.data ?? [];
  const own = list.find(({ id }) => id === 'own');
  const begun = list.filter(hasBegun);
  const hasSample = list.some(({ id, state }) => id === 'sample' && state === 'not-made');
  return (
    <main id="main" className="home">
      <section className="home-list" aria-labelledby="h-list">
        <div className="page-head">
          <div>
            <h1 className="title" id="h-list">
              {t('title')}
            </h1>
            {migrations.isPending ? (
              <Loading words={t('loading')} />
            ) : (
              <p className="text">
                {begun.length === 0 ? t('none') : t('waiting', { count: waitingIn(begun) })}
              </p>
            )}
          </div>
        </div>
        {begun.length === 0 ? null : (
          <ul className="migs">
            {begun.map((one) => (
              <MigrationLine key={one.id} migration={one} />
            ))}
          </ul>
        )}
        {hasSample ? <SampleCard isFirst={begun.length === 0} /> : null}
      </section>
      {migrations.isPending ? null : own === undefined ? (
        <NotConfigured />
      ) : hasBegun(own) && own.state === 'open' ? null : (
        <Start own={own} isSecond={begun.length === 0 && hasSample} />
      )}
    </main>
  );
}

/** One of one's own that has only been looked at from outside is at its start still. */
function hasBegun({ id, state, step }: MigrationSummary): boolean {
  if (state === 'not-made') return false;
  return (
    id === 'sample' || (step !== null && step !== 'connect' && step !== 'preflight' && step !== 'analyse')
  );
}

function waitingIn(migrations: readonly MigrationSummary[]): number {
  return migrations.filter(({ waiting }) => waiting !== null).length;
}
