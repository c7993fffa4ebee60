/** One kind of record with its bar: green once the gate after its level has opened, blue while it is only copied. */
import { useTranslations } from 'use-intl';
import type { EntityProgress } from '../../../server/shapes/runs.ts';
import { Bar } from './bar.tsx';

interface EntityBarProps {
  readonly entity: EntityProgress;
  /** Its level has passed its gate. */
  readonly isChecked: boolean;
}

export function EntityBar({ entity, isChecked }: EntityBarProps) {
  const t = useTranslations('progress.levelNow');
  const { title, rowsDone, rowsTotal, setAside, state, error } = entity;
  const copied = Math.max(0, rowsDone - setAside);
  const isIn = state === 'completed' || state === 'skipped';
  const said = isChecked ? 'checked' : isIn ? 'copied' : 'ofRows';
  const words = t(said, { rows: copied, whole: rowsTotal, setAside });
  const parts = {
    ...(isChecked ? { checked: copied, copied: 0 } : { checked: 0, copied }),
    ...{ setAside, toDo: rowsTotal - rowsDone, whole: rowsTotal },
  };
  return (
    <li className="en">
      <span className="en-name">{title}</span>
      <span className="small muted num">{words}</span>
      <Bar parts={parts} label={t('bar', { title, words })} />
      {error === null ? null : (
        <span className="small en-error" lang="en">
          {error.message}
        </span>
      )}
    </li>
  );
}
