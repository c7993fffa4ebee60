/** Steps of the move as they pass: told once, kept nowhere. */
import { useFormatter } from 'use-intl';
import { useLive } from '../../api/live.tsx';

export function News() {
  const { news } = useLive();
  const format = useFormatter();
  return news.map(({ id, at, words }) => (
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
