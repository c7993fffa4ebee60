/** A closed gate: how many rows, of how many, against which limit, why, what is proposed, and that no row is lost. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { EntityProgress, LevelProgress, RunView } from '../../../server/shapes/runs.ts';
import { useRole } from '../../api/migrations.ts';
import { useProblems } from '../../api/problems.ts';
import { Icon } from '../../parts/icon.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { addressOf } from '../../shell/places.ts';
import { beyondLimit } from './beyond-limit.ts';
import { sameCauses } from './same-causes.ts';
import type { Steering } from './steering.ts';

interface GateStopProps {
  readonly id: MigrationId;
  readonly run: RunView['data'];
  readonly level: LevelProgress;
  readonly steering: Steering;
}

export function GateStop({ id, run, level, steering }: GateStopProps) {
  const t = useTranslations('progress.gateStop');
  const beyond = beyondLimit(run.entities, level.level);
  const isAsked = steering.card !== null;
  const isViewer = useRole() === 'viewer';
  return (
    <section
      className={isAsked || isViewer ? 'card stack' : 'card card--waiting stack'}
      aria-labelledby="h-stopped"
    >
      <div className="card-head">
        {isAsked || isViewer ? null : (
          <span className="flag">
            <Icon name="flag" small />
            {t('waiting')}
          </span>
        )}
        <span className="small muted">{t('level', { level: level.level })}</span>
      </div>
      <h2 className="card-title" id="h-stopped">
        {t('title')}
      </h2>
      {beyond.length === 0 ? (
        <p className="text" lang="en">
          {run.error?.message}
        </p>
      ) : null}
      <ul className="gate-causes">
        {beyond.map((entity) => (
          <Beyond key={entity.entity} id={id} entity={entity} />
        ))}
      </ul>
      <p className="note note--pass">
        <Icon name="check" />
        <span>{t('noneLost')}</span>
      </p>
      {isAsked ? null : (
        <div className="actions actions--phone">
          <Link className="btn btn--primary" href={addressOf(id, 'problems')}>
            {t('look')}
          </Link>
          {isViewer ? null : (
            <WriteButton
              needs="operate"
              look="secondary"
              busy={steering.busy !== null}
              onPress={steering.acceptSetAside}
            >
              {t('goWithout')}
            </WriteButton>
          )}
        </div>
      )}
      <p className="small muted">{t('after')}</p>
    </section>
  );
}

function Beyond({ id, entity }: { readonly id: MigrationId; readonly entity: EntityProgress }) {
  const t = useTranslations('progress.gateStop');
  const cards = useProblems(id, false).data?.data.filter((card) => card.entity === entity.entity) ?? [];
  const causes = sameCauses(cards);
  const { title, setAside, rowsDone, limit } = entity;
  return (
    <li className="stack-s">
      <p className="text">
        <b className="strong">{t('count', { title, setAside, rows: rowsDone })}</b>{' '}
        {t(limit === 0 ? 'noneAllowed' : 'share', {
          share: setAside / Math.max(1, rowsDone),
          limit: limit ?? 0,
        })}
      </p>
      {causes.map((cause) => (
        <dl className="facts" key={cause.id}>
          <div>
            <dt>{t('cause', { rows: cause.rows })}</dt>
            <dd lang="en">{cause.explanation}</dd>
          </div>
          <div>
            <dt>{t(cause.suggestion === null ? 'advice' : 'fix')}</dt>
            <dd>
              <p lang="en">{cause.suggestion ?? cause.advice ?? t('noFix')}</p>
              {cause.suggestion === null || cause.loses === null ? null : (
                <p className="muted">{t('loses', { what: cause.loses })}</p>
              )}
            </dd>
          </div>
        </dl>
      ))}
    </li>
  );
}
