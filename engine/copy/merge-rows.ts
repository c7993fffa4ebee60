/**
 * Rows of a batch that the target held before. They are taken out of the stream while it is mapped and handled behind
 * it, in the batch's own transaction: kept as they are, or given the old system's values after what they were is kept.
 * Their pairs say which; rollback never deletes a row whose pair says so.
 */
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { COPY_HEADER, COPY_TRAILER } from '../db/binary/copy-format.ts';
import { fillByCopy } from '../db/copy-in.ts';
import type { Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import type { IdMaker } from '../mapping/uuid-v5.ts';
import type { TableName } from '../schema/catalog.ts';
import { copyToTargetSql } from './copy-to-target.sql.ts';
import type { EntityLoad } from './entity-load.ts';
import { leftByUpdate } from './left-by-update.ts';
import {
  type ExistingColumn,
  existingColumnsSql,
  insertGoneSql,
  keepDigestsSql,
  keepImagesSql,
  MERGE_STAGING,
  stagedIdsSql,
  unmarkPairsSql,
  updateMergedSql,
} from './merge-rows.sql.ts';
import { PairBuffer } from './pair-buffer.ts';
import { stagingSql } from './settle.sql.ts';
import { textEncoder } from './text-format.ts';

export class MergedRows {
  readonly pairs: PairBuffer;
  private readonly rows = new ByteWriter(1 << 12);
  private readonly load: EntityLoad;
  private readonly batchId: number;

  constructor(load: EntityLoad, batchId: number) {
    this.load = load;
    this.batchId = batchId;
    const mark = load.merge === 'update' ? 'updated' : 'kept';
    this.pairs = new PairBuffer(load.entityNo, batchId, new ByteWriter(1 << 12), mark);
    this.rows.raw(COPY_HEADER, 0, COPY_HEADER.length);
  }

  /** Takes the row that was written last, from `start` on. */
  take(out: ByteWriter, start: number, ids: IdMaker): void {
    this.rows.ensure(out.position - start);
    this.rows.raw(out.bytes, start, out.position);
    out.position = start;
    this.pairs.add(ids);
  }

  /** Does what the plan says with the rows; their pairs are still to be written. Returns the ids of rows that were gone. */
  async write(target: Session): Promise<string[]> {
    if (this.pairs.rows === 0) return [];
    const { compiled, merge, runId } = this.load;
    const table = this.load.target;
    await this.stage(target);
    if (merge === 'update') {
      const columns = await readExistingColumns(target, table);
      const entity = compiled.plan.name;
      await target.query(keepImagesSql(table, columns), [runId, entity, this.batchId]);
      const set = settable(columns, compiled);
      const { joined } = leftByUpdate(compiled.plan);
      if (set.length > 0) await target.query(updateMergedSql(table, set, joined));
      const ids = (await target.query<{ id: string }>(stagedIdsSql)).map(({ id }) => id);
      await target.query(keepDigestsSql(table, columns), [runId, entity, ids]);
    }
    const gone = await target.query<{ id: string }>(insertGoneSql(table, compiled.columns));
    return gone.map(({ id }) => id);
  }

  private async stage(target: Session): Promise<void> {
    const { compiled } = this.load;
    await target.query(stagingSql(MERGE_STAGING.name, this.load.target, compiled.columns));
    this.rows.ensure(2);
    this.rows.raw(COPY_TRAILER, 0, 2);
    const bytes = this.rows.bytes.subarray(0, this.rows.position);
    await fillByCopy(target, copyToTargetSql(MERGE_STAGING, compiled), (write) =>
      write(compiled.wire === 'text' ? textEncoder(compiled.columns.length)(bytes) : bytes),
    );
  }
}

/** Rows that had been deleted meanwhile were inserted by the run, so its rollback takes them out. */
export async function unmarkGone(
  target: Session,
  { pairsTable }: EntityLoad,
  batchId: number,
  gone: readonly string[],
): Promise<void> {
  if (gone.length > 0) await target.query(unmarkPairsSql(pairsTable), [batchId, gone]);
}

export async function readExistingColumns(target: Session, table: TableName): Promise<ExistingColumn[]> {
  return target.query<ExistingColumn>(existingColumnsSql, [quoteTable(table)]);
}

function settable(columns: readonly ExistingColumn[], { columns: written, plan }: CompiledEntity): string[] {
  const fixed = new Set(columns.filter((column) => column.fixed).map(({ name }) => name));
  const { kept } = leftByUpdate(plan);
  return written.filter((name) => name !== 'id' && !fixed.has(name) && !kept.has(name));
}
