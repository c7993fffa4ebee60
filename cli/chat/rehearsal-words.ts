/** What a rehearsal that went through showed, in two sentences. */
import type { JourneyState } from '../../engine/contract/journey.ts';
import { countOf, formatCount, formatDuration } from '../../engine/report/words.ts';

export function rehearsalWords({ rows, setAside, seconds }: NonNullable<JourneyState['rehearsal']>): string {
  const aside = setAside === 0 ? 'none set aside' : `${formatCount(setAside)} set aside`;
  return `The rehearsal went through: ${countOf(rows, 'record')}, all checks passed, ${aside}. From its speed the full move takes ${span(seconds)}.`;
}

function span({ low, high }: { readonly low: number; readonly high: number }): string {
  const [least, most] = [Math.max(1, Math.floor(low)), Math.max(1, Math.ceil(high))];
  if (most < 60) return least === most ? `about ${countOf(most, 'second')}` : `${least} to ${most} seconds`;
  return `${formatDuration(low * 1000)} to ${formatDuration(high * 1000)}`;
}
