/** The guided migration while it asks nothing: at work, interrupted, at its end, or not begun. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { GuideView } from '../../../server/shapes/guide.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useLeaveGuide, useStartGuide } from '../../api/guide.ts';
import { useMigration } from '../../api/migrations.ts';
import { ProgressCard } from '../../parts/cards/progress-card.tsx';
import { Refused } from '../../parts/refused.tsx';
import { Words as Linked } from '../../parts/words.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import type { Beginning } from './use-start.ts';

interface NotWaitingProps {
  readonly id: MigrationId;
  readonly guide: GuideView;
  readonly isSaid: boolean;
  readonly begins: Beginning;
}

export function NotWaiting({ id, guide, isSaid, begins }: NotWaitingProps) {
  const t = useTranslations('guide');
  const run = useMigration(id).data?.journey?.run ?? null;
  const start = useStartGuide(id);
  const leave = useLeaveGuide(id);
  if (guide.state === 'working')
    return (
      <>
        <Words words={guide.words} />
        {run?.alive ? (
          <ProgressCard id={id} run={run} />
        ) : (
          <div className="actions">
            <WriteButton needs="operate" look="quiet" busy={leave.isPending} onPress={() => leave.mutate()}>
              {t('stopHere')}
            </WriteButton>
          </div>
        )}
        <Refused error={leave.error} />
      </>
    );
  const label = guide.state === 'not-begun' ? 'look' : guide.state === 'interrupted' ? 'goOnGuide' : 'again';
  const isDone = guide.outcome === 'signed-off';
  return (
    <>
      {guide.state === 'not-begun' || isSaid ? null : <Words words={guide.words} />}
      {run?.alive ? <ProgressCard id={id} run={run} /> : null}
      {isDone ? (
        <div className="actions chat-card">
          <Link className="btn btn--secondary" href={`/${id}/proof`}>
            {t('seeProof')}
          </Link>
        </div>
      ) : (
        <div className="actions chat-card">
          <WriteButton
            needs="operate"
            look={guide.state === 'ended' ? 'secondary' : 'primary'}
            busy={start.isPending || begins.isBeginning}
            onPress={() => start.mutate()}
          >
            {t(label)}
          </WriteButton>
        </div>
      )}
      <Refused error={start.error ?? begins.error} />
    </>
  );
}

function Words({ words }: { readonly words: string }) {
  const t = useTranslations('guide');
  return (
    <div className="msg">
      <p className="msg-meta">
        <b>{t('title')}</b>
      </p>
      <p className="prose said-words">
        <Linked text={words} />
      </p>
    </div>
  );
}
