/** The headline, the whole bar with its key, four figures, and the chart beside them. */
import { lazy, Suspense } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { RunView } from '../../../server/shapes/runs.ts';
import { useReached } from '../../api/server.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Refused } from '../../parts/refused.tsx';
import { addressOf } from '../../shell/places.ts';
import { Bar } from './bar.tsx';
import { Controls } from './controls.tsx';
import { Headline } from './headline.tsx';
import { partsOfRun } from './parts-of-run.ts';
import { isTakenOut, type Phase } from './phase.ts';
import { useShare } from './share-words.ts';
import { sharesOf } from './shares.ts';
import type { Steering } from './steering.ts';
import { durationOf } from './time-left.ts';

const Pace = lazy(() => import('./pace-chart.tsx'));

interface OverallProps {
  readonly id: MigrationId;
  readonly run: RunView['data'];
  readonly phase: Phase;
  readonly steering: Steering;
  readonly stop: () => void;
}

export function Overall({ id, run, phase, steering, stop }: OverallProps) {
  const t = useTranslations('progress');
  const hasChart = run.throughput.length > 1;
  const hasFigures = !isTakenOut(phase);
  return (
    <section className="card overall" aria-labelledby="h-all">
      <div className="overall-head">
        <Headline run={run} phase={phase} />
        <Controls id={id} run={run} phase={phase} steering={steering} stop={stop} />
      </div>
      <Refused error={steering.error} />
      {hasFigures ? (
        <div className={hasChart ? 'overall-body' : 'overall-body overall-body--plain'}>
          <div className="overall-bar">
            <WholeBar run={run} />
            <Figures id={id} run={run} />
            {phase === 'moving' ? (
              <p className="note overall-window">
                <Icon name="info" />
                <span>{t('window')}</span>
              </p>
            ) : null}
          </div>
          {hasChart ? (
            <Suspense fallback={<div className="overall-chart pace-room" />}>
              <Pace points={run.throughput} average={run.progress.averageRowsPerSecond} />
            </Suspense>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function WholeBar({ run }: Pick<OverallProps, 'run'>) {
  const t = useTranslations('progress');
  const share = useShare();
  const parts = partsOfRun(run);
  const { checked, copied, setAside, toDo, whole } = parts;
  const [all] = sharesOf([checked + copied], whole);
  const shares = sharesOf([checked, copied, setAside, toDo], whole).map(share);
  const [ofChecked = '', ofCopied = '', ofAside = '', ofToDo = ''] = shares;
  const label = t('bar.label', { copied: share(all!), checked: ofChecked });
  return (
    <>
      <div className="overall-line">
        <span className="strong">{t('bar.copied', { share: share(all!) })}</span>
        <span className="muted">{t('bar.rows', { rows: checked + copied, whole })}</span>
      </div>
      <Bar parts={parts} label={label} large />
      <div className="keys">
        <span className="key key--checked">{t('bar.key.checked', { share: ofChecked })}</span>
        <span className="key key--copied">{t('bar.key.copied', { share: ofCopied })}</span>
        {setAside === 0 ? null : (
          <span className="key key--aside">{t('bar.key.setAside', { share: ofAside })}</span>
        )}
        <span className="key">{t('bar.key.toDo', { share: ofToDo })}</span>
      </div>
    </>
  );
}

function Figures({ id, run }: Pick<OverallProps, 'id' | 'run'>) {
  const t = useTranslations('progress.figures');
  const format = useFormatter();
  const isLive = useReached().state === 'reached' && run.alive;
  const { rowsPerSecond, averageRowsPerSecond, at } = run.progress;
  const begun = new Date(run.startedAt);
  const end = new Date(run.finishedAt ?? (run.alive ? at : run.updatedAt));
  const ran = durationOf(end.getTime() - begun.getTime());
  return (
    <dl className="nums">
      <div>
        <dt>{t(isLive ? 'speedNow' : 'speedAverage')}</dt>
        <dd>{t('speed', { rows: (isLive ? rowsPerSecond : averageRowsPerSecond) ?? -1 })}</dd>
      </div>
      <div>
        <dt>{t(isLive ? 'runningFor' : run.alive ? 'ranWhenSeen' : 'tookUntilNow')}</dt>
        <dd>
          {t('ran', {
            time: t(`duration.${ran.unit}`, { value: ran.value }),
            since: format.dateTime(begun, { hour: '2-digit', minute: '2-digit' }),
          })}
        </dd>
      </div>
      <div>
        <dt>{t('setAside')}</dt>
        <dd>
          {run.setAside === 0 ? (
            t('none')
          ) : (
            <Link href={addressOf(id, 'problems')}>{t('rows', { rows: run.setAside })}</Link>
          )}
        </dd>
      </div>
      {(run.duplicates ?? 0) === 0 ? null : (
        <div>
          <dt>{t('same')}</dt>
          <dd>{t('rows', { rows: run.duplicates ?? 0 })}</dd>
        </div>
      )}
    </dl>
  );
}
