/**
 * Bad rows never stop a batch. What only PostgreSQL can see is found by the line that COPY names: that row is set
 * aside and the batch run again. Where no line is named, or bad rows keep coming, the range is halved, down to
 * one row, so that a batch of many bad rows is not run many times over its whole length.
 */
import type { BatchDependencies, BatchTask, Lane } from './batch.ts';
import { RefusedByTarget, runBatch } from './batch.ts';
import type { BatchCounters, Refusal } from './entity-load.ts';
import type { KeysetRange } from './keyset-range.ts';
import { boundarySql, countRangeSql, keysOfRangeSql } from './source-query.sql.ts';

/** Rows set aside one by one before a range is halved: each costs the range once more. */
const BEFORE_HALVING = 3;

/** What one attempt came to: committed, or cut into two batches of the ledger that take its place. */
export type Isolated =
  | { readonly kind: 'committed'; readonly counters: BatchCounters }
  | { readonly kind: 'halved'; readonly parts: readonly [BatchTask, BatchTask] };

/**
 * Runs a batch until it commits or has to be halved. The halves are the caller's to run, each with retries of its own:
 * once they are in the ledger, the whole range must never be run under the number of its left half.
 */
export async function runIsolating(task: BatchTask, lane: Lane, deps: BatchDependencies): Promise<Isolated> {
  const refused = new Map<string, Refusal>(task.refused);
  for (;;) {
    try {
      return { kind: 'committed', counters: await runBatch({ ...task, refused }, lane, deps) };
    } catch (error) {
      if (!(error instanceof RefusedByTarget)) throw error;
      const key = error.key ?? (await onlyKey(task, lane));
      if (key !== null && !refused.has(key)) refused.set(key, refusalOf(error.cause));
      else if (key !== null) throw error.cause;
      const halve = key === null || refused.size >= BEFORE_HALVING + task.refused.size;
      const parts = halve ? await halves({ ...task, refused }, lane, deps) : null;
      if (parts) return { kind: 'halved', parts };
      if (key === null) throw error.cause;
    }
  }
}

/** Two tasks over the halves of the range, entered in the ledger; null where the range cannot be halved. */
async function halves(
  task: BatchTask,
  lane: Lane,
  { control }: BatchDependencies,
): Promise<[BatchTask, BatchTask] | null> {
  const { compiled, runId } = task.load;
  if (compiled.keyset.length === 0) return null;
  const rows = await countRows(task, lane);
  if (rows < 2) return null;
  const sql = boundarySql(compiled, task.range.after, Math.floor(rows / 2));
  const [row] = await lane.source.query<Record<string, string>>(sql);
  if (!row) return null;
  const middle = compiled.keyset.map((_, i) => row[`k${i}`]!);
  const left: KeysetRange = { after: task.range.after, upTo: middle };
  const right: KeysetRange = { after: middle, upTo: task.range.upTo };
  const rightId = await control.batches.split(lane.target, { runId, batchId: task.batchId, left, right });
  return [
    { ...task, range: left },
    { ...task, range: right, batchId: rightId },
  ];
}

async function countRows(task: BatchTask, lane: Lane): Promise<number> {
  const [row] = await lane.source.query<{ rows: string }>(countRangeSql(task.load.compiled, task.range));
  return Number(row!.rows);
}

/** The key of a range of one row, for errors that name no line. */
async function onlyKey(task: BatchTask, lane: Lane): Promise<string | null> {
  if ((await countRows(task, lane)) !== 1) return null;
  const [row] = await lane.source.query<{ key: string }>(keysOfRangeSql(task.load.compiled, task.range));
  return row?.key ?? null;
}

/** What the server said of one row. */
export function refusalOf(cause: unknown): Refusal {
  const error = cause as Error & { code?: string; column?: string; constraint?: string };
  const constraint = error.constraint ? ` (constraint ${error.constraint})` : '';
  return {
    sqlstate: error.code ?? 'XX000',
    message: `${error.message}${constraint}`,
    column: error.column ?? null,
    constraint: error.constraint ?? null,
  };
}
