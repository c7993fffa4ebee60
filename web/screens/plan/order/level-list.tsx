/** The levels as a list: on a phone, and for whoever likes a list better. */
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { PicturedEntity } from '../../../../server/shapes/plan.ts';
import type { LevelPictureProps } from './level-picture.tsx';

interface LevelListProps extends LevelPictureProps {
  /** Stands below the level of the chosen one: on a phone all else is far away. */
  readonly children: ReactNode;
}

export function LevelList({ picture, chosen, found, choose, children }: LevelListProps) {
  const t = useTranslations('plan.order');
  const levels = [...Map.groupBy(picture, ({ level }) => level)].toSorted(([a], [b]) => a - b);
  const rowsOf = (members: readonly PicturedEntity[]) => members.reduce((sum, { rows }) => sum + rows, 0);
  const most = Math.max(...levels.map(([, members]) => rowsOf(members)), 1);
  return (
    <ol className="levels">
      {levels.map(([level, members]) => {
        const shown = members.filter(({ name }) => found === null || found.has(name));
        const rows = rowsOf(members);
        return shown.length === 0 ? null : (
          <li key={level} className="levels-one">
            <p className="levels-head">
              <span className="strong">{t('level', { level })}</span>
              <svg className="picture-bar" width="72" height="8" aria-hidden="true">
                <rect width={Math.max(2, (72 * rows) / most)} height="8" rx="2" />
              </svg>
              <span className="small muted">{t('rows', { rows })}</span>
            </p>
            <ul className="levels-entities">
              {shown.map(({ name, title, questions }) => (
                <li key={name}>
                  <button
                    type="button"
                    className={`picture-entity ${name === chosen ? 'is-chosen' : 'is-other'}`}
                    aria-pressed={name === chosen}
                    onClick={() => choose(name)}
                  >
                    {title}
                    {questions.length > 0 ? (
                      <>
                        <span className="picture-flag" aria-hidden="true" />
                        <span className="hide">{t('answerNeeded')}</span>
                      </>
                    ) : null}
                  </button>
                </li>
              ))}
            </ul>
            {shown.some(({ name }) => name === chosen) ? children : null}
          </li>
        );
      })}
    </ol>
  );
}
