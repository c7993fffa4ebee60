/** The kinds of records of the level that the run is at, each with its bar. */
import { useTranslations } from 'use-intl';
import type { EntityProgress, LevelProgress, RunView } from '../../../server/shapes/runs.ts';
import { EntityBar } from './entity-bar.tsx';

interface LevelNowProps {
  readonly run: RunView['data'];
  readonly level: LevelProgress;
}

const SHOWN = 12;

export function LevelNow({ run, level }: LevelNowProps) {
  const t = useTranslations('progress.levelNow');
  const all = run.entities.filter((entity) => entity.level === level.level).sort(unfinishedFirst);
  return (
    <section className="card" aria-labelledby="h-en">
      <div className="card-head">
        <h2 className="card-title" id="h-en">
          {t('title', { level: level.level })}
        </h2>
      </div>
      <ul className="ens">
        {all.slice(0, SHOWN).map((entity) => (
          <EntityBar key={entity.entity} entity={entity} isChecked={level.state === 'passed'} />
        ))}
      </ul>
      {all.length > SHOWN ? <p className="small muted">{t('more', { count: all.length - SHOWN })}</p> : null}
    </section>
  );
}

function unfinishedFirst(a: EntityProgress, b: EntityProgress): number {
  const left = ({ rowsTotal, rowsDone }: EntityProgress) => (rowsDone < rowsTotal ? 0 : 1);
  return left(a) - left(b) || b.rowsTotal - a.rowsTotal;
}
