/** The buttons of the whole run. One is filled at most, and none that takes something out. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { RunView } from '../../../server/shapes/runs.ts';
import { Icon } from '../../parts/icon.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { addressOf } from '../../shell/places.ts';
import { canBeUndone, canGoOn, type Phase } from './phase.ts';
import type { Steering } from './steering.ts';

interface ControlsProps {
  readonly id: MigrationId;
  readonly run: RunView['data'];
  readonly phase: Phase;
  readonly steering: Steering;
  readonly stop: () => void;
}

export function Controls({ id, run, phase, steering, stop }: ControlsProps) {
  const t = useTranslations('progress.controls');
  const { busy, card } = steering;
  return (
    <div className="overall-controls">
      <div className="actions actions--phone">
        {phase === 'moving' ? (
          <WriteButton needs="operate" look="secondary" busy={busy !== null} onPress={steering.pause}>
            <Icon name="pause" small />
            {t('pause')}
          </WriteButton>
        ) : null}
        {canGoOn(phase) ? (
          <WriteButton
            needs="operate"
            look={card === null ? 'primary' : 'secondary'}
            busy={busy !== null}
            onPress={steering.goOn}
          >
            {t('goOn')}
          </WriteButton>
        ) : null}
        {phase === 'finished' || phase === 'copied' ? (
          <Link
            className={`btn btn--${card === null ? 'primary' : 'secondary'}`}
            href={addressOf(id, 'proof')}
          >
            {t('proof')}
          </Link>
        ) : null}
        {phase === 'undone' || (phase === 'cancelled' && run.written === 0) ? (
          <Link className="btn btn--primary" href={addressOf(id, 'guide')}>
            {t('guide')}
          </Link>
        ) : null}
        {canBeUndone(phase, run.written) && card === null ? (
          <WriteButton needs="operate" look="quiet" busy={busy !== null} onPress={stop}>
            {t(phase === 'moving' ? 'stopAndUndo' : 'undo')}
          </WriteButton>
        ) : null}
      </div>
      <p className="small muted" role="status">
        {busy === null ? '' : t(`busy.${wordsOf(busy, card?.state === 'granted')}`)}
      </p>
    </div>
  );
}

function wordsOf(
  busy: NonNullable<Steering['busy']>,
  isGranted: boolean,
): 'pause' | 'ask' | 'undo' | 'other' {
  if (busy === 'undo') return isGranted ? 'undo' : 'ask';
  return busy === 'pause' ? 'pause' : 'other';
}
