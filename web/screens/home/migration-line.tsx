import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationSummary } from '../../../server/shapes/migrations.ts';
import { Icon } from '../../parts/icon.tsx';

export function MigrationLine({ migration }: { readonly migration: MigrationSummary }) {
  const { id, name, source, target, stages, waiting, state, problem } = migration;
  const t = useTranslations();
  const at = stages.findIndex((one) => one.state !== 'done');
  const now = stages[at];
  return (
    <li className="mig">
      <div className="mig-main">
        <h2 className="mig-name">
          <Link href={`/${id}/guide`}>{name}</Link>
        </h2>
        {source === null || target === null ? null : (
          <p className="small muted">
            {source} → {target}
          </p>
        )}
      </div>
      <div className="mig-step">
        <span className="strip-bar" aria-hidden="true">
          {stages.map((one) => (
            <i key={one.stage} className={`is-${one.state}`} />
          ))}
        </span>
        <span className="small muted">
          {now === undefined
            ? t('stage.all', { count: stages.length })
            : t('stage.position', { number: at + 1, count: stages.length, name: t(`stage.${now.stage}`) })}
        </span>
      </div>
      <div className="mig-status">
        {waiting !== null ? (
          <>
            <span className="flag">
              <Icon name="flag" small />
              {t('state.waiting')}
            </span>
            <p className="small mig-what">{waiting.text}</p>
          </>
        ) : state === 'open' ? null : (
          <>
            <span className={state === 'trouble' ? 'tag tag--warn' : 'tag'}>{t(`state.${state}`)}</span>
            {problem === null ? null : <p className="small mig-what">{problem.message}</p>}
          </>
        )}
      </div>
    </li>
  );
}
