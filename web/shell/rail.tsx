/** The journey and the pages of a migration, and what is true right now. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationView, StageState } from '../../server/shapes/migrations.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { addressOf, type ScreenName, screenOfStage } from './places.ts';

export interface RailProps {
  readonly migration: MigrationView;
  readonly screen: ScreenName;
}

const marks: Readonly<Record<StageState['state'], IconName>> = {
  done: 'done',
  running: 'run',
  waiting: 'flag',
  stopped: 'stop',
  'to-do': 'todo',
};

export function Rail({ migration, screen }: RailProps) {
  const t = useTranslations();
  const { id, stages, journey } = migration;
  const page = (name: ScreenName) => (name === screen ? ({ 'aria-current': 'page' } as const) : {});
  // several stages may share a screen: the one that the journey is at counts, else the first
  const current =
    stages.find(
      ({ stage, state }) => screenOfStage[stage] === screen && state !== 'done' && state !== 'to-do',
    ) ?? (screen === 'guide' ? undefined : stages.find(({ stage }) => screenOfStage[stage] === screen));
  return (
    <>
      <div>
        <Link className="rail-link" href={addressOf(id, 'guide')} {...page('guide')}>
          <Icon name="chat" />
          {t('shell.guide')}
        </Link>
        <Link className="rail-link" href={addressOf(id, 'problems')} {...page('problems')}>
          <Icon name="rows" />
          {t('shell.problems')}
          <span className="rail-count">{t('rail.count', { count: journey?.run?.setAside ?? 0 })}</span>
        </Link>
      </div>
      <div>
        <p className="label rail-head">{t('shell.journey')}</p>
        <ol className="steps">
          {stages.map((one) => (
            <Step
              key={one.stage}
              stage={one}
              href={addressOf(id, screenOfStage[one.stage])}
              current={one === current && screen !== 'guide'}
            />
          ))}
        </ol>
      </div>
      {journey === null ? null : (
        <div className="now">
          <p className="small-title small">{t('rail.now')}</p>
          <dl>
            <dt>{t('rail.old')}</dt>
            <dd>{t('rail.readOnly')}</dd>
            <dt>{t('rail.new')}</dt>
            <dd lang="en">{journey.inTarget}</dd>
            <dt>{t('rail.undo')}</dt>
            <dd lang="en">{journey.undo}</dd>
          </dl>
        </div>
      )}
    </>
  );
}

interface StepProps {
  readonly stage: StageState;
  readonly href: string;
  readonly current: boolean;
}

function Step({ stage: { stage, state, fact }, href, current }: StepProps) {
  const t = useTranslations();
  return (
    <li className="step" data-state={state === 'to-do' ? 'todo' : state}>
      <Link href={href} {...(current ? { 'aria-current': 'page' as const } : {})}>
        <span className="step-mark">
          <Icon name={marks[state]} />
        </span>
        <span className="step-name">
          {t(`stage.${stage}`)}
          <span className="hide">, {t(`stageState.${state}`)}</span>
        </span>
        {state === 'waiting' ? (
          <span className="flag">
            <Icon name="flag" small />
            {t('state.waiting')}
          </span>
        ) : fact === null ? null : (
          <span className="step-note">
            {t(`fact.${fact.key}` as 'fact.tables', fact.values as { count: number })}
          </span>
        )}
      </Link>
    </li>
  );
}
