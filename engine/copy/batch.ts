/**
 * One batch: a key range of one entity in one target transaction.
 *
 * Promise: rows, mapping pairs, quarantine, repairs and the ledger entry commit together or not at all, so each batch
 * happens exactly once, whatever dies when. Who runs it – a lane of this process, a worker elsewhere – it does not know.
 * Relies on sessions whose source transaction is open on the run's snapshot.
 */
import type { Control } from '../control/control.ts';
import type { Failpoints } from '../core/failpoints.ts';
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { copyIn, fillByCopy } from '../db/copy-in.ts';
import type { Session } from '../db/database.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import { classify } from '../db/sqlstate.ts';
import { isNil } from '../mapping/kept-ids.ts';
import { kindOfRow } from '../mapping/row-fault.ts';
import { RowMapper } from '../mapping/row-mapper.ts';
import type { IdMaker } from '../mapping/uuid-v5.ts';
import { copiedLine } from './copied-line.ts';
import { copyToTargetSql } from './copy-to-target.sql.ts';
import type { BatchCounters, EntityLoad, Refusal, RowFaults } from './entity-load.ts';
import type { KeysetRange } from './keyset-range.ts';
import { type MapResult, mapStream, type Reject } from './map-stream.ts';
import { MERGE_STAGING } from './merge-rows.sql.ts';
import { MergedRows, unmarkGone } from './merge-rows.ts';
import { PairBuffer } from './pair-buffer.ts';
import { keepTriggersQuiet } from './quiet-triggers.ts';
import { recordRejects, recordRepairs } from './record-outcome.ts';
import { copyRangeSql } from './source-query.sql.ts';
import { textEncoder } from './text-format.ts';
import { UnfitRows } from './unfit-rows.ts';

/** A pair of sessions and the buffers that their batches reuse. */
export interface Lane {
  readonly source: Session;
  readonly target: Session;
  readonly rows: ByteWriter;
  readonly pairs: ByteWriter;
}

export interface BatchTask {
  readonly load: EntityLoad;
  readonly batchId: number;
  readonly range: KeysetRange;
  readonly refused: ReadonlyMap<string, Refusal>;
}

export interface BatchDependencies {
  readonly control: Control;
  readonly failpoints: Failpoints;
}

/** The target refused the rows. Knows the legacy key of the row it named, if it named one. */
export class RefusedByTarget extends Error {
  override readonly cause: unknown;
  readonly key: string | null;

  constructor(cause: unknown, key: string | null) {
    super('the target refused a row');
    this.cause = cause;
    this.key = key;
  }
}

export function createLane(source: Session, target: Session): Lane {
  return { source, target, rows: new ByteWriter(1 << 18), pairs: new ByteWriter(1 << 18) };
}

export async function runBatch(
  task: BatchTask,
  lane: Lane,
  { control, failpoints }: BatchDependencies,
): Promise<BatchCounters> {
  const { load, batchId } = task;
  const { target, source } = lane;
  await target.query('begin');
  try {
    await control.transactions.enter(target, load.runId);
    const pairs = new PairBuffer(load.entityNo, batchId, lane.pairs);
    const merged = load.merge === null ? null : new MergedRows(load, batchId);
    await failpoints.hit('batch.begun');
    if (load.silenced) await keepTriggersQuiet(target);
    const duplicates = load.deduped ? duplicatePairs(load, batchId) : null;
    const unfit = new UnfitRows(load, batchId);
    const { result: mapped, gone } = await copyRows(task, lane, { pairs, merged, duplicates, unfit });
    await failpoints.hit('batch.rows-copied');
    await copyPairs(load, target, pairs);
    if (merged !== null) {
      await copyPairs(load, target, merged.pairs);
      await unmarkGone(target, load, batchId, gone);
      await copyPairs(load, target, unfit.pairs);
    }
    const result = withRejects(mapped, await unfit.leaveGone(target));
    if (duplicates !== null) await copyPairs(load, target, duplicates);
    const origin = { load, range: task.range, batchOf: () => batchId };
    await recordRejects(control, source, target, origin, result.rejects);
    await recordRepairs(control, target, origin, result.repairs);
    const counters = countersOf(result);
    await control.batches.complete(target, batchId, counters);
    await failpoints.hit('batch.before-commit');
    await target.query('commit');
    await failpoints.hit('batch.after-commit');
    for (const written of [pairs, merged?.pairs ?? null, duplicates])
      written?.forEachKey((bytes, start, end) => load.keys.addBytes(bytes, start, end));
    unfit.forEachKey((bytes, start, end) => load.keys.addBytes(bytes, start, end));
    return counters;
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Pairs of the batch's rows, by what happened to the row. */
interface WrittenPairs {
  readonly pairs: PairBuffer;
  readonly merged: MergedRows | null;
  readonly duplicates: PairBuffer | null;
  readonly unfit: UnfitRows;
}

function duplicatePairs(load: EntityLoad, batchId: number): PairBuffer {
  return new PairBuffer(load.entityNo, batchId, new ByteWriter(1 << 12), 'duplicate');
}

async function copyRows(
  task: BatchTask,
  lane: Lane,
  { pairs, merged, duplicates, unfit }: WrittenPairs,
): Promise<{ result: MapResult; gone: readonly string[] }> {
  const { compiled, read } = task.load;
  const mapper = new RowMapper(compiled, false);
  const sink = copyIn(lane.target, copyToTargetSql(task.load.target, compiled));
  const encode = compiled.wire === 'text' ? textEncoder(compiled.columns.length) : null;
  const write = (bytes: Buffer) => sink.write(encode ? encode(bytes) : bytes);
  const stream = {
    compiled,
    mapper,
    out: lane.rows,
    refused: task.refused,
    onRow:
      merged === null && duplicates === null
        ? () => pairs.add(mapper.ids)
        : (start: number) => {
            if (!mapper.ids.isKept()) pairs.add(mapper.ids);
            else if (merged !== null) merged.take(lane.rows, start, mapper.ids);
            else duplicates!.add(mapper.ids);
          },
    ...(task.load.merge === 'keep'
      ? {
          left: {
            isLeft: () => isRowLeft(mapper.ids),
            onUnfit: (reject: Reject) => unfit.add(reject, mapper.ids),
          },
        }
      : {}),
  };
  let fromSource = true;
  let written = pairs;
  try {
    const result = await mapStream(
      stream,
      read(lane.source, copyRangeSql(compiled, task.range)),
      async (bytes) => {
        fromSource = false;
        await write(bytes);
        fromSource = true;
      },
    );
    fromSource = false;
    await sink.end();
    if (merged === null) return { result, gone: [] };
    written = merged.pairs;
    return { result, gone: await merged.write(lane.target) };
  } catch (error) {
    if (fromSource) await sink.abort('the source failed');
    const staged = merged !== null && written === merged.pairs;
    const table = staged ? MERGE_STAGING.name : task.load.target.name;
    throw fromSource ? lane.source.explain(error) : refusal(error, written, table, lane.target);
  }
}

/** One that fits several rows of the target has no id, and is set aside. */
function isRowLeft(ids: IdMaker): boolean {
  return ids.isKept() && !isNil(ids.id);
}

/** Whose rows `pairs` names: those of the entity's table, or those staged because the target holds them already. */
function refusal(error: unknown, pairs: PairBuffer, table: string, target: Session): unknown {
  if (!(error instanceof Error) || classify(error).severity !== 'minor') return target.explain(error);
  const context = 'where' in error && typeof error.where === 'string' ? error.where : '';
  const line = copiedLine(context, table);
  return new RefusedByTarget(error, line === null ? null : pairs.keyAt(line));
}

async function copyPairs(load: EntityLoad, target: Session, pairs: PairBuffer): Promise<void> {
  if (pairs.rows === 0) return;
  const columns = pairs.columns().map(quoteIdentifier).join(', ');
  const sql = `copy ${quoteTable(load.pairsTable)} (${columns}) from stdin (format binary)`;
  try {
    await fillByCopy(target, sql, (write) => write(pairs.finish()));
  } catch (error) {
    throw target.explain(error);
  }
}

function withRejects(result: MapResult, more: readonly Reject[]): MapResult {
  if (more.length === 0) return result;
  const rowsWritten = result.rowsWritten - more.length;
  return { ...result, rowsWritten, rejects: [...result.rejects, ...more] };
}

function countersOf(result: MapResult): BatchCounters {
  return {
    rowsRead: result.rowsRead,
    rowsWritten: result.rowsWritten,
    rowsQuarantined: result.rejects.length,
    rowsRepaired: result.rowsRepaired,
    rowsDuplicate: result.rowsDuplicate,
    bytesRead: result.bytesRead,
    bytesWritten: result.bytesWritten,
    faults: faultsOf(result),
  };
}

function faultsOf({ rejects, repairs }: MapResult): RowFaults[] {
  const counts = new Map<RowFaults['kind'], { repaired: number; setAside: number }>();
  const of = (reason: string, sqlstate: string | null) => {
    const kind = kindOfRow(reason, sqlstate);
    const known = counts.get(kind) ?? { repaired: 0, setAside: 0 };
    counts.set(kind, known);
    return known;
  };
  for (const { misfit, sqlstate } of rejects) of(misfit.reason, sqlstate).setAside++;
  for (const { repair } of repairs) of(repair.rule, null).repaired++;
  return [...counts].map(([kind, count]) => ({ kind, ...count }));
}
