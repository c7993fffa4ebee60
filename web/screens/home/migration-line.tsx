import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationSummary } from '../../../server/shapes/migrations.ts';
import { Icon } from '../../parts/icon.tsx';
import { Hint } from '../../parts/words.tsx';
import { nameOnPage } from '../../shell/name-on-page.ts';
import { addressOf, screenOfStage } from '../../shell/places.ts';

export function MigrationLine({ migration }: { readonly migration: MigrationSummary }) {
  const { id, source, target, stages, waiting } = migration;
  const t = useTranslations();
  const at = stages.findIndex((one) => one.state !== 'done');
  const now = stages[at];
  const screen = waiting !== null ? 'guide' : now === undefined ? 'proof' : screenOfStage[now.stage];
  return (
    <li className="mig">
      <div className="mig-main">
        <h2 className="mig-name">
          <Link href={addressOf(id, screen)}>{nameOnPage(migration, t)}</Link>
        </h2>
        {source === null || target === null ? null : (
          <p className="small muted">
            {id === 'sample' ? t('home.sample.from') : source}{' '}
            <span className="mig-arrow">
              <Icon name="right" small />
              <span className="hide">{t('home.to')}</span>
            </span>{' '}
            {id === 'sample' ? t('home.sample.into') : target}
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
        <Status migration={migration} />
      </div>
    </li>
  );
}

/** One mark, and one sentence: what is wanted of the reader, or how it stands. */
function Status({ migration }: { readonly migration: MigrationSummary }) {
  const { stages, waiting, state, problem, step } = migration;
  const t = useTranslations();
  const running = stages.find((one) => one.state === 'running');
  const signed = stages.find(({ stage }) => stage === 'sign-off')?.fact;
  if (waiting !== null)
    return (
      <>
        <span className="flag">
          <Icon name="flag" small />
          {t('state.waiting')}
        </span>
        <p className="small mig-what" lang="en">
          {waiting.text}
        </p>
      </>
    );
  if (state !== 'open')
    return (
      <>
        <span className={state === 'trouble' ? 'tag tag--warn' : 'tag'}>
          {state === 'trouble' ? <Icon name="off" small /> : null}
          {t(`state.${state}`)}
        </span>
        <p className="small mig-what">
          {problem === null ? (
            t(`stateMeans.${state}`)
          ) : (
            <>
              {problem.message} <Hint text={problem.hint} />
            </>
          )}
        </p>
      </>
    );
  if (step === 'done' && signed)
    return (
      <>
        <span className="tag tag--pass">
          <Icon name="check" small />
          {t('state.signed')}
        </span>
        <p className="small mig-what">{t('fact.signed', { by: String(signed.values.by) })}</p>
      </>
    );
  if (stages.some((one) => one.state === 'stopped'))
    return (
      <span className="tag tag--fail">
        <Icon name="stop" small />
        {t('state.stopped')}
      </span>
    );
  return running === undefined ? null : <span className="tag">{t('state.running')}</span>;
}
