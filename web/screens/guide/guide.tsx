/** The guide: the conversation about a migration, and the one decision that waits, at its end. */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useGuide, useMessages } from '../../api/guide.ts';
import { useSession } from '../../api/migrations.ts';
import { Loading } from '../../parts/loading.tsx';
import { TroubleWords } from '../../shell/trouble.tsx';
import { Conversation } from './conversation.tsx';
import './guide.css';

export default function Guide({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('guide');
  const session = useSession();
  const guide = useGuide(id);
  const history = useMessages(id);
  const voice = history.data?.voice ?? session.data?.voice;
  return (
    <main id="main" className="chat">
      <div className="chat-head">
        <h1 className="small-title">{t('title')}</h1>
        {voice === undefined ? null : (
          <span className="tag">{voice.offline ? t('offline') : t('model', { name: voice.name })}</span>
        )}
        {voice?.offline ? <OfflineMeaning /> : null}
      </div>
      {guide.isLoadingError ? (
        <div className="chat-wait">
          <TroubleWords isPart error={guide.error} again={() => void guide.refetch()} />
        </div>
      ) : guide.data === undefined || history.isPending ? (
        <div className="chat-wait">
          <Loading words={t('loading')} />
        </div>
      ) : (
        <Conversation id={id} history={history.data ?? null} />
      )}
    </main>
  );
}

function OfflineMeaning() {
  const t = useTranslations('guide');
  return (
    <>
      <button className="btn--link small only-desktop" type="button" popoverTarget="offline-meaning">
        {t('offlineAsk')}
      </button>
      <div className="account offline-meaning" id="offline-meaning" popover="auto">
        <p className="text">{t('offlineMeaning')}</p>
      </div>
    </>
  );
}
