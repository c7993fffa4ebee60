/** What the gate after this level asks. It opens only when all of it holds. */
import { useFormatter, useTranslations } from 'use-intl';
import type { LevelProgress, RunView } from '../../../server/shapes/runs.ts';
import { Icon } from '../../parts/icon.tsx';
import { beyondLimit } from './beyond-limit.ts';
import type { Phase } from './phase.ts';

interface GateNowProps {
  readonly run: RunView['data'];
  readonly level: LevelProgress;
  readonly phase: Phase;
}

export function GateNow({ run, level, phase }: GateNowProps) {
  const t = useTranslations('progress.gate');
  const isClosed = phase === 'gate' && beyondLimit(run.entities, level.level).length > 0;
  return (
    <section className="card gate" aria-labelledby="h-gate">
      <div className="card-head">
        <h2 className="card-title" id="h-gate">
          {t('title', { level: level.level })}
        </h2>
        <span className="small muted">{t('opens')}</span>
      </div>
      <ul className="gates">
        {(['counts', 'links', 'doubles'] as const).map((name) => (
          <li key={name}>
            <Icon name="todo" />
            <span>
              <b>{t(`${name}.name`)}</b> {t(`${name}.text`)}
            </span>
          </li>
        ))}
        <li className={isClosed ? 'is-closed' : ''}>
          <Icon name={isClosed ? 'stop' : 'todo'} />
          <span>
            <b>
              {t('aside.name')}
              {isClosed ? t('aside.closed') : null}
            </b>{' '}
            <Limit run={run} level={level} />
          </span>
        </li>
      </ul>
    </section>
  );
}

/** None may be set aside where money is concerned, unless the plan says otherwise. */
function Limit({ run, level }: Pick<GateNowProps, 'run' | 'level'>) {
  const t = useTranslations('progress.gate.aside');
  const format = useFormatter();
  const here = run.entities.filter((entity) => entity.level === level.level);
  const limits = here.map(({ limit }) => limit).filter((limit) => limit !== null);
  if (limits.length === 0) return t('unknown');
  const most = Math.max(...limits);
  const none = here.filter(({ limit }) => limit === 0).map(({ title }) => title);
  if (most === 0) return t('none');
  const limit = format.number(most, { style: 'percent', maximumFractionDigits: 2 });
  return none.length === 0
    ? t('limit', { limit })
    : t('limitBut', { limit, none: format.list(none, { type: 'conjunction' }) });
}
