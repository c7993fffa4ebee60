/** What happened last, in words. The list is as long for a million events as for fifty; the newest stands first. */
import { memo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { History } from '../../../server/shapes/runs.ts';
import { MOST_EVENTS, useHistory } from '../../api/runs.ts';
import { Icon } from '../../parts/icon.tsx';
import { type Listed, newestFirst } from './newest-first.ts';

type Happened = History['data'][number];

const FIRST = 8;

export function Events({ id, isMoving }: { readonly id: MigrationId; readonly isMoving: boolean }) {
  const t = useTranslations('progress.events');
  const history = useHistory(id, isMoving);
  const events = newestFirst(history.data?.data ?? [], { most: MOST_EVENTS, name: nameOf });
  const rest = events.slice(FIRST);
  return (
    <section className="card" aria-labelledby="h-ev">
      <div className="card-head">
        <h2 className="card-title" id="h-ev">
          {t('title')}
        </h2>
        <span className="small muted">{t('newest')}</span>
      </div>
      {history.isLoadingError ? <p className="muted">{t('unknown')}</p> : null}
      {history.isSuccess && events.length === 0 ? <p className="muted">{t('none')}</p> : null}
      <List events={events.slice(0, FIRST)} />
      {rest.length === 0 ? null : (
        <details className="details">
          <summary>
            <Icon name="chev" small />
            {t('earlier', { count: rest.length })}
          </summary>
          <List events={rest} />
          <p className="small muted">{t('most', { count: MOST_EVENTS })}</p>
        </details>
      )}
    </section>
  );
}

function nameOf({ at, who, what }: Happened): string {
  return `${at} ${who} ${what}`;
}

const List = memo(function List({ events }: { readonly events: readonly Listed<Happened>[] }) {
  const format = useFormatter();
  return (
    <ol className="evs">
      {events.map(({ key, item: event }) => (
        <li key={key}>
          <time className="small muted" dateTime={event.at}>
            {format.dateTime(new Date(event.at), {
              day: 'numeric',
              month: 'short',
              hour: '2-digit',
              minute: '2-digit',
              second: '2-digit',
            })}
          </time>
          <span>
            <b className="strong">{event.who}</b> <span lang="en">{event.what}</span>
          </span>
        </li>
      ))}
    </ol>
  );
});
