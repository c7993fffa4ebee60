/** The rail folded into one line: phone only. */
import { useTranslations } from 'use-intl';
import { Icon } from '../parts/icon.tsx';
import { Rail, type RailProps } from './rail.tsx';

export function Strip({ migration, screen }: RailProps) {
  const t = useTranslations();
  const { stages } = migration;
  const at = stages.findIndex(({ state }) => state !== 'done');
  const now = stages[at];
  return (
    // a new screen begins folded
    <details className="strip" key={screen}>
      <summary>
        <span className="strip-text">
          {now === undefined ? (
            <span className="strong">{t('stage.all', { count: stages.length })}</span>
          ) : (
            <>
              <span className="muted">{t('stage.number', { number: at + 1, count: stages.length })}</span>
              <span className="strong">{t(`stage.${now.stage}`)}</span>
              {now.state === 'waiting' ? (
                <span className="flag">
                  <Icon name="flag" small />
                  {t('state.waiting')}
                </span>
              ) : null}
            </>
          )}
        </span>
        <Icon name="down" />
        <span className="strip-bar" aria-hidden="true">
          {stages.map(({ stage, state }) => (
            <i key={stage} className={`is-${state === 'to-do' ? 'todo' : state}`} />
          ))}
        </span>
      </summary>
      <nav aria-label={t('frame.navigation')}>
        <Rail migration={migration} screen={screen} />
      </nav>
    </details>
  );
}
