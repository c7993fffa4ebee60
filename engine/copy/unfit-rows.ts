/**
 * Rows of a batch that the target held when they were matched, that stay as it has them, and that could not be written if
 * they had to be. Where the target holds them still, a pair is all they need. Where somebody has deleted them since, there
 * is nothing to lead to: they are set aside with why they do not fit, and their children find no parent.
 */
import { ByteWriter } from '../db/binary/byte-writer.ts';
import type { Session } from '../db/database.ts';
import { type IdMaker, idText } from '../mapping/uuid-v5.ts';
import type { EntityLoad } from './entity-load.ts';
import type { Reject } from './map-stream.ts';
import { dropPairsSql, goneIdsSql } from './merge-rows.sql.ts';
import { PairBuffer } from './pair-buffer.ts';

export class UnfitRows {
  readonly pairs: PairBuffer;
  private readonly load: EntityLoad;
  private readonly batchId: number;
  private readonly rows: { readonly reject: Reject; readonly id: string }[] = [];
  /** Ids. */
  private gone: ReadonlySet<string> = new Set();

  constructor(load: EntityLoad, batchId: number) {
    this.load = load;
    this.batchId = batchId;
    this.pairs = new PairBuffer(load.entityNo, batchId, new ByteWriter(1 << 12), 'kept');
  }

  add(reject: Reject, ids: IdMaker): void {
    this.rows.push({ reject, id: idText(ids.id) });
    this.pairs.add(ids);
  }

  /**
   * Their pairs are written. Returns the rows that are there no more; their pairs go. The target is asked first, by its key:
   * the pairs have no index until all are in.
   */
  async leaveGone(target: Session): Promise<readonly Reject[]> {
    if (this.rows.length === 0) return [];
    const { load, batchId, rows } = this;
    const ids = rows.map(({ id }) => id);
    const gone = await target.query<{ id: string }>(goneIdsSql(load.target), [ids]);
    if (gone.length === 0) return [];
    this.gone = new Set(gone.map(({ id }) => id));
    await target.query(dropPairsSql(load.pairsTable), [batchId, [...this.gone]]);
    return rows.filter(({ id }) => this.gone.has(id)).map(({ reject }) => reject);
  }

  /** Calls `visit` for the key of every row that is in the target. */
  forEachKey(visit: (bytes: Buffer, start: number, end: number) => void): void {
    let at = 0;
    this.pairs.forEachKey((bytes, start, end) => {
      if (!this.gone.has(this.rows[at++]!.id)) visit(bytes, start, end);
    });
  }
}
