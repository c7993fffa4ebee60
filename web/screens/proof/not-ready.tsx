/** It cannot be signed yet: why, and the one step that comes first where it can be done from here. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { JourneyStep } from '../../../engine/contract/journey-state.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useMigration, useRole } from '../../api/migrations.ts';
import { useProving } from '../../api/proof.ts';
import { Refused } from '../../parts/refused.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { addressOf } from '../../shell/places.ts';

interface NotReadyProps {
  readonly id: MigrationId;
  /** In the engine's words. */
  readonly reason: string | null;
}

const stepHere: Partial<Record<JourneyStep, 'validate' | 'report'>> = {
  validate: 'validate',
  report: 'report',
};

export function NotReady({ id, reason }: NotReadyProps) {
  const t = useTranslations('proof.signOff.notReady');
  const proving = useProving(id);
  const isViewer = useRole() === 'viewer';
  const at = useMigration(id).data?.journey?.step;
  const step = at === undefined ? undefined : stepHere[at];
  return (
    <div className="stack">
      <p className="text">
        {t('lead')} <span lang="en">{reason}</span>
      </p>
      {step === undefined ? (
        <p>
          <Link href={addressOf(id, 'progress')}>{t('progress')}</Link>
        </p>
      ) : (
        <WriteButton needs="operate" block busy={proving.isPending} onPress={() => proving.mutate(step)}>
          {t(`do.${step}`)}
        </WriteButton>
      )}
      {step !== undefined && isViewer ? <p className="small muted">{t('viewer')}</p> : null}
      <p className="small muted" role="status">
        {proving.isPending ? t(`busy.${proving.variables}`) : ''}
      </p>
      <Refused error={proving.error} />
    </div>
  );
}
