/**
 * What the full run will take, from what the sample took.
 *
 * A small batch is mostly fixed cost (begin, commit, two COPY statements) and a warming-up process, so it says little of
 * a row's time. The largest tables therefore send more rows into the rehearsal, and the pace is taken from the largest
 * batches, in bytes a second, less the median of the smallest. Indexes and foreign keys take about as long again as
 * loading (measured on the sample at scale 1: 0.7 to 1.1 times). The band is wide, because a sample is one.
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
/** The pace is that of so many batches, the largest by bytes. */
const LARGEST_BATCHES = 3;
/** Faster than any machine seen, so that a sample of luck does not promise the impossible. */
const MOST_BYTES_A_MILLISECOND = 150_000;
const FINISHING = 1.9;
/** Heap overhead a row, and indexes (primary key, legacy id, two references) as a share of the heap. */
const ROW_OVERHEAD_BYTES = 90;
const INDEX_SHARE = 0.6;

export function forecast(entities: readonly MeasuredEntity[], lanes: number): Forecast {
  const batches = entities.flatMap((entity) => entity.batches);
  const fixed = fixedCost(batches);
  const pace = bytesAMillisecond(batches, fixed);
  const rows = entities.reduce((sum, { fullRows }) => sum + fullRows, 0);
  const written = entities.reduce((sum, entity) => sum + fullBytes(entity), 0);
  const load = written / pace / Math.min(2, Math.max(1, lanes)) + fixed * entities.length;
  const likely = (load * FINISHING) / 1000;
  const targetBytes = Math.round((written + rows * ROW_OVERHEAD_BYTES) * (1 + INDEX_SHARE));
  return {
    rows,
    seconds: { low: round(likely * 0.5), likely: round(likely), high: round(likely * 2) },
    targetBytes,
    // Each row is logged with its indexes, and full pages once a checkpoint.
    walBytes: Math.round(targetBytes * 1.2),
  };
}

/** Bytes that the whole entity will write, from those of its sample. */
function fullBytes({ fullRows, batches }: MeasuredEntity): number {
  const sample = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const written = batches.reduce((sum, batch) => sum + batch.bytesWritten, 0);
  return sample === 0 ? 0 : (fullRows / sample) * written;
}

function bytesAMillisecond(batches: readonly MeasuredBatch[], fixed: number): number {
  const largest = [...batches].sort((a, b) => b.bytesWritten - a.bytesWritten).slice(0, LARGEST_BATCHES);
  const bytes = largest.reduce((sum, batch) => sum + batch.bytesWritten, 0);
  const milliseconds = largest.reduce((sum, batch) => sum + Math.max(1, batch.milliseconds - fixed), 0);
  return Math.min(MOST_BYTES_A_MILLISECOND, Math.max(1, bytes / Math.max(1, milliseconds)));
}

function fixedCost(batches: readonly MeasuredBatch[]): number {
  const small = batches.filter((batch) => batch.rows <= SMALL_BATCH_ROWS).map((batch) => batch.milliseconds);
  small.sort((a, b) => a - b);
  return small[Math.floor(small.length / 2)] ?? 0;
}

function round(seconds: number): number {
  return Math.max(1, Math.round(seconds));
}
