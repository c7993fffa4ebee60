/** Says that the server is not reached, since when, and what that means for the figures below. Goes away by itself. */
import { useEffect, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useConnection, useReached } from '../api/server.tsx';
import { Icon } from '../parts/icon.tsx';

export function ConnectionBar() {
  const t = useTranslations('connection');
  const format = useFormatter();
  const connection = useConnection();
  const reached = useReached();
  return (
    // it is there before it has something to say, so that it is read out when it has
    <div className="connection-bar" role="status">
      {reached.state === 'reached' ? null : (
        <p className="note note--warn">
          <Icon name="off" />
          <span>
            <b className="strong">
              {t('lost', { time: format.dateTime(reached.since, { hour: '2-digit', minute: '2-digit' }) })}
            </b>{' '}
            {t('meaning')} <Wait until={reached.nextTry} />{' '}
            <button className="btn--link" type="button" onClick={() => connection.tryNow()}>
              {t('tryNow')}
            </button>
          </span>
        </p>
      )}
    </div>
  );
}

/** Counts down for the eye; a screen reader is not told every second. */
function Wait({ until }: { readonly until: Date | null }) {
  const t = useTranslations('connection');
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = until === null ? 0 : Math.max(0, Math.ceil((until.getTime() - now) / 1000));
  return <span aria-hidden="true">{until === null ? t('trying') : t('wait', { seconds })}</span>;
}
