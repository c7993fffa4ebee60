/** A moment as the reader's clock and calendar show it. */
import { useFormatter } from 'use-intl';

export function useMoment(): (at: string) => string {
  const format = useFormatter();
  return (at) =>
    format.dateTime(new Date(at), { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
}
