/**
 * Rows of a batch that the target held when they were matched, that stay as it has them, and that could not be written if
 * they had to be. Where the target holds them still, a pair is all they need. Where somebody has deleted them since, there
 * is nothing to lead to: they are set aside with why they do not fit, and their children find no parent.
 */
import { ByteWriter } from '../db/binary/byte-writer.ts';
import type { Session } from '../db/database.ts';
import type { IdMaker } from '../mapping/uuid-v5.ts';
import type { EntityLoad } from './entity-load.ts';
import type { Reject } from './map-stream.ts';
import { dropGonePairsSql } from './merge-rows.sql.ts';
import { PairBuffer } from './pair-buffer.ts';

export class UnfitRows {
  readonly pairs: PairBuffer;
  private readonly load: EntityLoad;
  private readonly batchId: number;
  private readonly rows: Reject[] = [];
  private gone: ReadonlySet<string> = new Set();

  constructor(load: EntityLoad, batchId: number) {
    this.load = load;
    this.batchId = batchId;
    this.pairs = new PairBuffer(load.entityNo, batchId, new ByteWriter(1 << 12), 'kept');
  }

  add(reject: Reject, ids: IdMaker): void {
    this.rows.push(reject);
    this.pairs.add(ids);
  }

  /** Their pairs are written. Returns the rows that are there no more; their pairs go. */
  async leaveGone(target: Session): Promise<readonly Reject[]> {
    if (this.rows.length === 0) return [];
    const sql = dropGonePairsSql(this.load.target, this.load.pairsTable);
    const keys = this.rows.map(({ key }) => key);
    const gone = await target.query<{ key: string }>(sql, [this.batchId, keys]);
    this.gone = new Set(gone.map(({ key }) => key));
    return this.rows.filter(({ key }) => this.gone.has(key));
  }

  /** Calls `visit` for the key of every row that is in the target. */
  forEachKey(visit: (bytes: Buffer, start: number, end: number) => void): void {
    let at = 0;
    this.pairs.forEachKey((bytes, start, end) => {
      if (!this.gone.has(this.rows[at++]!.key)) visit(bytes, start, end);
    });
  }
}
