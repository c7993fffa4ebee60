/** The buttons of the whole run. One is filled at most, and none that takes something out. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { RunView } from '../../../server/shapes/runs.ts';
import { useRole } from '../../api/migrations.ts';
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

export function Controls(props: ControlsProps) {
  const t = useTranslations('progress.controls');
  const { busy, card } = props.steering;
  // a viewer is told who may, instead of being shown what may not be pressed
  const isViewer = useRole() === 'viewer';
  return (
    <div className="overall-controls">
      <div className="actions actions--phone">
        {isViewer ? null : <StopAndGo {...props} />}
        <WayOn {...props} />
        {isViewer ? null : <Undo {...props} />}
      </div>
      {isViewer && props.phase !== 'undone' ? <p className="small muted">{t('viewer')}</p> : null}
      <p className="small muted" role="status">
        {busy === null ? '' : t(`busy.${wordsOf(busy, card?.state === 'granted')}`)}
      </p>
    </div>
  );
}

function StopAndGo({ phase, steering }: ControlsProps) {
  const t = useTranslations('progress.controls');
  const { busy, card, pause, goOn } = steering;
  if (phase === 'moving') {
    return (
      <WriteButton needs="operate" look="secondary" busy={busy !== null} onPress={pause}>
        <Icon name="pause" small />
        {t('pause')}
      </WriteButton>
    );
  }
  if (!canGoOn(phase)) return null;
  return (
    <WriteButton
      needs="operate"
      look={card === null ? 'primary' : 'secondary'}
      busy={busy !== null}
      onPress={goOn}
    >
      {t('goOn')}
    </WriteButton>
  );
}

/** Where the journey goes on when nothing is left to do here. */
function WayOn({ id, run, phase, steering }: ControlsProps) {
  const t = useTranslations('progress.controls');
  const look = steering.card === null ? 'primary' : 'secondary';
  const place =
    phase === 'finished' || phase === 'copied'
      ? 'proof'
      : phase === 'undone' || (phase === 'cancelled' && run.written === 0)
        ? 'guide'
        : null;
  return place === null ? null : (
    <Link className={`btn btn--${look}`} href={addressOf(id, place)}>
      {t(place)}
    </Link>
  );
}

function Undo({ run, phase, steering, stop }: ControlsProps) {
  const t = useTranslations('progress.controls');
  if (!canBeUndone(phase, run.written) || steering.card !== null) return null;
  return (
    <WriteButton needs="operate" look="quiet" busy={steering.busy !== null} onPress={stop}>
      {t(phase === 'moving' ? 'stopAndUndo' : 'undo')}
    </WriteButton>
  );
}

function wordsOf(
  busy: NonNullable<Steering['busy']>,
  isGranted: boolean,
): 'pause' | 'ask' | 'undo' | 'other' {
  if (busy === 'undo') return isGranted ? 'undo' : 'ask';
  return busy === 'pause' ? 'pause' : 'other';
}
