/**
 * What the full run will take, from what the sample took.
 *
 * A small batch is mostly fixed cost (begin, commit, two COPY statements), so the median of the smallest batches is
 * taken off before the time a row is computed; what is left is noisy for 500 rows, and the band says so. Indexes and
 * foreign keys take about as long again as loading (measured on the sample at scale 1: 0.7 to 1.1 times).
 */
export interface MeasuredBatch {
  readonly rows: number;
  readonly milliseconds: number;
  readonly bytesWritten: number;
}

export interface MeasuredEntity {
  readonly fullRows: number;
  readonly batches: readonly MeasuredBatch[];
}

export interface Forecast {
  readonly rows: number;
  readonly seconds: { readonly low: number; readonly likely: number; readonly high: number };
  readonly targetBytes: number;
  readonly walBytes: number;
}

const SMALL_BATCH_ROWS = 60;
/** No row is faster than this on any machine seen, so a sample of luck does not promise the impossible. */
const FASTEST_ROW_MILLISECONDS = 0.002;
const FINISHING = 1.9;
/** Heap overhead a row, and indexes (primary key, legacy id, two references) as a share of the heap. */
const ROW_OVERHEAD_BYTES = 90;
const INDEX_SHARE = 0.6;

export function forecast(entities: readonly MeasuredEntity[], lanes: number): Forecast {
  const fixed = fixedCost(entities.flatMap((entity) => entity.batches));
  let milliseconds = 0;
  let bytes = 0;
  let rows = 0;
  for (const { fullRows, batches } of entities) {
    const sample = batches.reduce((sum, batch) => sum + batch.rows, 0);
    rows += fullRows;
    if (sample === 0) continue;
    const work = batches.reduce((sum, batch) => sum + Math.max(0, batch.milliseconds - fixed), 0);
    milliseconds += fixed + fullRows * Math.max(FASTEST_ROW_MILLISECONDS, work / sample);
    const written = batches.reduce((sum, batch) => sum + batch.bytesWritten, 0);
    bytes += (fullRows / sample) * (written + sample * ROW_OVERHEAD_BYTES);
  }
  const likely = ((milliseconds / Math.min(2, Math.max(1, lanes))) * FINISHING) / 1000;
  const targetBytes = Math.round(bytes * (1 + INDEX_SHARE));
  return {
    rows,
    seconds: { low: round(likely * 0.4), likely: round(likely), high: round(likely * 2.5) },
    targetBytes,
    // Each row is logged with its indexes, and full pages once a checkpoint.
    walBytes: Math.round(targetBytes * 1.2),
  };
}

function fixedCost(batches: readonly MeasuredBatch[]): number {
  const small = batches.filter((batch) => batch.rows <= SMALL_BATCH_ROWS).map((batch) => batch.milliseconds);
  small.sort((a, b) => a - b);
  return small[Math.floor(small.length / 2)] ?? 0;
}

function round(seconds: number): number {
  return Math.max(1, Math.round(seconds));
}
