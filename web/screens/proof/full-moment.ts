/** A moment in full, with its year and its zone: what is signed and printed is read years later and elsewhere. */
import { useFormatter } from 'use-intl';

export function useFullMoment(month: 'long' | 'short' = 'long'): (at: string) => string {
  const format = useFormatter();
  return (at) =>
    format.dateTime(new Date(at), {
      ...{ day: 'numeric', month, year: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
    });
}
