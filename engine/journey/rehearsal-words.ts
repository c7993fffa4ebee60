/** What a rehearsal that went through showed. */
import { countOf, formatCount, spanWords } from '../report/words.ts';

export interface PassedRehearsal {
  readonly rows: number;
  readonly setAside: number;
  /** Not told where it is not known. */
  readonly repaired?: number;
  readonly seconds: { readonly low: number; readonly high: number };
}

export function rehearsalWords({ rows, setAside, repaired = 0, seconds }: PassedRehearsal): string {
  const aside =
    setAside === 0 ? 'none set aside' : `${formatCount(setAside)} set aside for reasons that you can look at`;
  const repairs = repaired === 0 ? '' : `, ${formatCount(repaired)} repaired as the plan says`;
  return `The rehearsal went through: ${countOf(rows, 'record')}, all checks passed${repairs}, ${aside}. The trial area is removed again. From its speed the full move takes ${spanWords(seconds)}.`;
}
