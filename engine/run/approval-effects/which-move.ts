/** Which run an approval is about, for people: by when it began. Its id stands beside the card, for who works at a terminal. */
import type { Run } from '../../control/run-store.ts';
import { formatMoment } from '../../report/words.ts';

export function whichMove({ startedAt }: Pick<Run, 'startedAt'>): string {
  return `the move of ${formatMoment(startedAt)}`;
}
