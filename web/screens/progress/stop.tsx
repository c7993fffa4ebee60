/** Before anything is stopped: what it would do, to how many rows, whether it can be taken back. The first choice is to leave it. */
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { RunView } from '../../../server/shapes/runs.ts';
import { useMigration } from '../../api/migrations.ts';
import { useUndoPreview } from '../../api/runs.ts';
import { isTyped } from '../../parts/cards/approval-standing.ts';
import { Icon } from '../../parts/icon.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import type { Phase } from './phase.ts';
import type { Steering } from './steering.ts';

interface StopProps {
  readonly id: MigrationId;
  readonly run: RunView['data'];
  readonly phase: Phase;
  readonly steering: Steering;
  readonly close: () => void;
}

export function Stop({ id, run, phase, steering, close }: StopProps) {
  const t = useTranslations('progress.stop');
  const isMoving = phase === 'moving';
  const title = useRef<HTMLHeadingElement>(null);
  const preview = useUndoPreview(id, !isMoving);
  const inTarget = useMigration(id).data?.journey?.inTarget;
  useEffect(() => title.current?.focus(), []);
  const canGiveUp = ['moving', 'paused', 'gate', 'failed', 'interrupted'].includes(phase);
  return (
    <section className="card stack" aria-labelledby="h-stop">
      <h2 className="card-title" id="h-stop" ref={title} tabIndex={-1}>
        {t(isMoving ? 'titleMoving' : 'title')}
      </h2>
      <dl className="facts">
        <div>
          <dt>{t('what')}</dt>
          <dd>{t(isMoving ? 'whatMoving' : 'whatStill')}</dd>
        </div>
        <div>
          <dt>{t('rows')}</dt>
          <dd>{preview.data?.words ?? t('rowsSoFar', { rows: run.written })}</dd>
        </div>
        <div>
          <dt>{t('undo')}</dt>
          <dd>{t(isMoving ? 'undoMoving' : 'undoStill')}</dd>
        </div>
        <div>
          <dt>{t('now')}</dt>
          <dd lang="en">{inTarget}</dd>
        </div>
      </dl>
      <div className="actions actions--phone">
        <WriteButton
          needs="operate"
          look="secondary"
          busy={steering.busy !== null}
          onPress={() => void steering.undo(isMoving).then((isAsked) => isAsked && close())}
        >
          {t(isMoving ? 'pauseAndAsk' : 'ask')}
        </WriteButton>
        <button className="btn btn--quiet" type="button" onClick={close}>
          {t(isMoving ? 'keepMoving' : 'leave')}
        </button>
      </div>
      {canGiveUp ? <GiveUp run={run} steering={steering} close={close} /> : null}
    </section>
  );
}

/** A move that was given up never goes on, so it takes typed words, away from everything else. */
function GiveUp({ run, steering, close }: Pick<StopProps, 'run' | 'steering' | 'close'>) {
  const t = useTranslations('progress.stop.giveUp');
  const field = useId();
  const [typed, setTyped] = useState('');
  const name = run.migration;
  return (
    <details className="details">
      <summary>
        <Icon name="chev" small />
        {t('open')}
      </summary>
      <p className="text">{t('text', { rows: run.written })}</p>
      <div className="final-ask">
        <div className="field">
          <label className="label" htmlFor={field}>
            {t('type', { name })}
          </label>
          <input
            className="input"
            id={field}
            value={typed}
            autoComplete="off"
            onChange={(e) => setTyped(e.target.value)}
          />
        </div>
        <WriteButton
          needs="operate"
          look="final"
          busy={steering.busy !== null}
          because={isTyped(typed, name) ? null : t('typeFirst', { name })}
          onPress={() => {
            steering.giveUp();
            close();
          }}
        >
          {t('do')}
        </WriteButton>
      </div>
    </details>
  );
}
