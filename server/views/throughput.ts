/** A series of seconds, put together so that a chart of hours is not longer than one of minutes. */

export interface Pace {
  readonly at: string;
  readonly rowsPerSecond: number;
}

const MOST_POINTS = 240;

/** Each point is the average of its span; a span in which nothing ended is a zero. `series`: rows of seconds, in order. */
export function thinned(series: readonly Pace[], most = MOST_POINTS): Pace[] {
  const [first, last] = [series[0], series.at(-1)];
  if (first === undefined || last === undefined) return [];
  const start = Date.parse(first.at);
  const seconds = Math.round((Date.parse(last.at) - start) / 1000) + 1;
  const span = Math.ceil(seconds / most);
  const sums = new Array<number>(Math.ceil(seconds / span)).fill(0);
  for (const { at, rowsPerSecond } of series) {
    const place = Math.floor(Math.round((Date.parse(at) - start) / 1000) / span);
    sums[place] = sums[place]! + rowsPerSecond;
  }
  return sums.map((rows, place) => ({
    at: new Date(start + place * span * 1000).toISOString(),
    // the last span may be shorter
    rowsPerSecond: Math.round(rows / Math.min(span, seconds - place * span)),
  }));
}
