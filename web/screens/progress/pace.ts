/** What the chart of rows a second shows, in figures: the same facts for those who do not see the picture. */
export interface Point {
  readonly at: string;
  readonly rowsPerSecond: number;
}

export interface PaceFacts {
  readonly from: Date;
  readonly to: Date;
  readonly least: number;
  readonly most: number;
  readonly last: number;
  /** When it was slowest between its beginning and its end; null: it never fell below half of the average there. */
  readonly dip: { readonly at: Date; readonly rowsPerSecond: number } | null;
}

/** Null: too few points for a line. */
export function paceFacts(points: readonly Point[], average: number | null): PaceFacts | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return null;
  const rates = points.map(({ rowsPerSecond }) => rowsPerSecond);
  return {
    from: new Date(first.at),
    to: new Date(last.at),
    least: Math.min(...rates),
    most: Math.max(...rates),
    last: last.rowsPerSecond,
    dip: dipOf(points.slice(1, -1), average),
  };
}

function dipOf(inner: readonly Point[], average: number | null): PaceFacts['dip'] {
  if (average === null || inner.length === 0) return null;
  const slowest = inner.reduce((least, point) => (point.rowsPerSecond < least.rowsPerSecond ? point : least));
  if (slowest.rowsPerSecond >= average / 2) return null;
  return { at: new Date(slowest.at), rowsPerSecond: slowest.rowsPerSecond };
}
