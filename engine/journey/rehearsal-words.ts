/** What a rehearsal that went through showed. */
import type { RehearsalReport } from '../contract/rehearsal.ts';
import { countOf, entityWords, formatCount, joinWords, spanWords } from '../report/words.ts';

export interface PassedRehearsal {
  readonly rows: number;
  readonly setAside: number;
  /** Kinds of which some were; not told where it is not known. */
  readonly kindsSetAside?: readonly string[] | undefined;
  /** Not told where it is not known. */
  readonly repaired?: number;
  readonly seconds: { readonly low: number; readonly high: number };
}

export function rehearsalWords(rehearsed: PassedRehearsal): string {
  const { rows, setAside, kindsSetAside = [], repaired = 0, seconds } = rehearsed;
  const aside =
    setAside === 0 ? 'none set aside' : `${formatCount(setAside)} set aside${ofKinds(kindsSetAside)}`;
  const stops =
    setAside === 0
      ? ''
      : ' In the move itself a person is asked wherever more of a kind is set aside than the plan allows.';
  const repairs = repaired === 0 ? '' : `, ${formatCount(repaired)} repaired as the plan says`;
  return `The rehearsal went through: ${countOf(rows, 'record')}, all checks passed${repairs}, ${aside}.${stops} The trial area is removed again. From its speed the full move takes ${spanWords(seconds)}.`;
}

const MOST_KINDS = 4;

function ofKinds(kinds: readonly string[]): string {
  if (kinds.length === 0) return '';
  const named = kinds.slice(0, MOST_KINDS).map((kind) => entityWords(kind).toLowerCase());
  const rest = kinds.length - named.length;
  return ` (${joinWords(rest > 0 ? [...named, `${rest} other ${rest === 1 ? 'kind' : 'kinds'}`] : named)})`;
}

/** Most of them first. */
export function kindsSetAside(report: Pick<RehearsalReport, 'entities'>): string[] {
  return report.entities
    .filter(({ quarantined }) => quarantined > 0)
    .sort((a, b) => b.quarantined - a.quarantined)
    .map(({ entity }) => entity);
}
