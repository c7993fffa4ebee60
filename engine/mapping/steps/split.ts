/** One part of a text, counted from either end, alone or with the rest behind it. */
import { Misfit } from '../misfit.ts';
import { onText, type Step, type TransformOf } from './step.ts';

export function splitStep({ separator, part, fromEnd, rest, missing }: TransformOf<'split'>): Step {
  return onText((value) => {
    const found = fromEnd
      ? partFromEnd(value, separator, part, rest)
      : partFromStart(value, separator, part, rest);
    if (found !== null || missing === 'null') return found;
    return new Misfit('missing-part', 'the text has no such part');
  });
}

function partFromStart(value: string, separator: string, part: number, rest: boolean): string | null {
  let start = 0;
  for (let n = 1; n < part; n++) {
    const at = value.indexOf(separator, start);
    if (at < 0) return null;
    start = at + separator.length;
  }
  const end = rest ? -1 : value.indexOf(separator, start);
  return end < 0 ? value.slice(start) : value.slice(start, end);
}

function partFromEnd(value: string, separator: string, part: number, rest: boolean): string | null {
  let end = value.length;
  for (let n = 1; n < part; n++) {
    const at = end < separator.length ? -1 : value.lastIndexOf(separator, end - separator.length);
    if (at < 0) return null;
    end = at;
  }
  const at = rest || end < separator.length ? -1 : value.lastIndexOf(separator, end - separator.length);
  return value.slice(at < 0 ? 0 : at + separator.length, end);
}
