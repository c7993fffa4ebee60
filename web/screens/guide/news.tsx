/** Steps of the move as they pass: told once, kept nowhere. They stand where they happened, between what was said. */
import { useAuiState } from '@assistant-ui/react';
import { useFormatter } from 'use-intl';
import { useLive } from '../../api/live.tsx';
import { newsPlaces } from './news-place.ts';

/** After everything that was said. */
export function News() {
  const end = useAuiState(({ thread }) => thread.messages.length);
  return <NewsAt place={end} />;
}

/** Within a message: what happened between the one before and this one. */
export function NewsBefore() {
  const place = useAuiState(({ message }) => message.index);
  return <NewsAt place={place} />;
}

function NewsAt({ place }: { readonly place: number }) {
  const { news } = useLive();
  const format = useFormatter();
  const places = useAuiState(({ thread }) => {
    if (news.length === 0) return '';
    const times = thread.messages.map(({ metadata }) => metadata.custom.at);
    const known = times.map((at) => (typeof at === 'string' ? at : null));
    return newsPlaces(known, news).join(' ');
  }).split(' ');
  return news
    .filter((_one, index) => places[index] === String(place))
    .map(({ id, at, words }) => (
      <div className="msg" key={id}>
        <p className="msg-meta">
          <b>Towpath</b> {format.dateTime(new Date(at), { hour: '2-digit', minute: '2-digit' })}
        </p>
        <p className="prose" lang="en">
          {words}
        </p>
      </div>
    ));
}
