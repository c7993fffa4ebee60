/** The first screen: the migrations there are, and the way to try it with sample data. */
import { useTranslations } from 'use-intl';
import { useMigrations, useOpenMigration } from '../../api/migrations.ts';
import { Trouble } from '../../shell/trouble.tsx';
import { MigrationLine } from './migration-line.tsx';
import './home.css';

export function Home() {
  const t = useTranslations('home');
  const migrations = useMigrations();
  const open = useOpenMigration();
  if (migrations.isError) return <Trouble error={migrations.error} again={() => void migrations.refetch()} />;
  const list = migrations.data ?? [];
  const begun = list.filter(({ state }) => state !== 'not-made');
  const sample = list.find(({ id, state }) => id === 'sample' && state === 'not-made');
  return (
    <main id="main" className="home">
      <section className="home-list" aria-labelledby="h-list">
        <div className="page-head">
          <div>
            <h1 className="title" id="h-list">
              {t('title')}
            </h1>
            <p className="text">
              {migrations.isPending
                ? t('loading')
                : t('waiting', { count: begun.filter(({ waiting }) => waiting !== null).length })}
            </p>
          </div>
        </div>
        {begun.length === 0 ? null : (
          <ul className="migs">
            {begun.map((one) => (
              <MigrationLine key={one.id} migration={one} />
            ))}
          </ul>
        )}
        {sample === undefined ? null : (
          <section className="card sample" aria-labelledby="h-sample">
            <div>
              <h2 className="section-title" id="h-sample">
                {t('sample.title')}
              </h2>
              <p className="text muted">{t('sample.text')}</p>
            </div>
            <button
              className="btn btn--secondary"
              type="button"
              aria-disabled={open.isPending}
              onClick={() => open.mutate('sample')}
            >
              {t('sample.start')}
            </button>
          </section>
        )}
      </section>
    </main>
  );
}
