/** What is going on, in one line, and the line that belongs to it. Time left is a range or it is not said. */
import { useFormatter, useTranslations } from 'use-intl';
import type { RunView } from '../../../server/shapes/runs.ts';
import { useReached } from '../../api/server.tsx';
import { Hint } from '../../parts/words.tsx';
import { levelNow } from './parts-of-run.ts';
import type { Phase } from './phase.ts';
import { timeLeftOf } from './time-left.ts';

interface HeadlineProps {
  readonly run: RunView['data'];
  readonly phase: Phase;
}

export function Headline({ run, phase }: HeadlineProps) {
  const reached = useReached().state === 'reached';
  if (phase === 'moving' && !reached) return <LastSeen at={run.progress.at} />;
  return phase === 'moving' ? <TimeLeft run={run} /> : <Standing run={run} phase={phase} />;
}

const clock = { hour: '2-digit', minute: '2-digit' } as const;

function LastSeen({ at }: { readonly at: string }) {
  const t = useTranslations('progress.lost');
  const format = useFormatter();
  return (
    <div>
      <h1 className="verdict" id="h-all">
        {t('title', { at: format.dateTime(new Date(at), clock) })}
      </h1>
      <p className="muted">{t('text')}</p>
    </div>
  );
}

function TimeLeft({ run }: Pick<HeadlineProps, 'run'>) {
  const t = useTranslations('progress.left');
  const format = useFormatter();
  const { secondsLeft, at } = run.progress;
  if (secondsLeft === null) {
    return (
      <div>
        <h1 className="verdict" id="h-all">
          {t('unknown')}
        </h1>
        <p className="muted">{t('unknownWhy')}</p>
      </div>
    );
  }
  const { unit, ...left } = timeLeftOf(secondsLeft);
  const ready = new Date(Date.parse(at) + secondsLeft.likely * 1000);
  return (
    <div>
      <h1 className="verdict" id="h-all">
        {secondsLeft.likely <= 5 ? t('few') : t(`about.${unit}`, left)}
      </h1>
      <p className="muted">
        {t(`between.${unit}`, left)} {t('ready', { at: format.dateTime(ready, clock) })}
      </p>
    </div>
  );
}

/** What is in the new system is said wherever nothing moves. */
function Standing({ run, phase }: Pick<HeadlineProps, 'run' | 'phase'>) {
  const t = useTranslations('progress');
  const format = useFormatter();
  const { error, written, levels, updatedAt } = run;
  const since = format.dateTime(new Date(updatedAt), { ...clock, day: 'numeric', month: 'short' });
  const level = levelNow(run.byLevel)?.level ?? 0;
  const said = phase === 'failed' || phase === 'interrupted' ? error : null;
  return (
    <div className="stack-s" role="status">
      <h1 className="verdict" id="h-all">
        {t(`standing.${phase as Exclude<Phase, 'moving'>}.title`, { level, levels })}
      </h1>
      {said === null ? null : (
        <p className="text" lang="en">
          {said.message}
        </p>
      )}
      <p className="text muted">
        {t(`standing.${phase as Exclude<Phase, 'moving'>}.text`, { since, rows: written })}
      </p>
      {said === null ? null : (
        <p className="text">
          <b className="strong">{t('nextStep')}</b> <Hint text={said.hint} />
        </p>
      )}
    </div>
  );
}
