/**
 * Rows of a retry that the target held before, by the batch that set them aside: their pairs and what they were before are
 * kept under it, so whatever undoes that batch gives them back.
 */
import type { EntityLoad } from '../../copy/entity-load.ts';
import { MERGE_STAGING } from '../../copy/merge-rows.sql.ts';
import { MergedRows, unmarkGone } from '../../copy/merge-rows.ts';
import type { PairBuffer } from '../../copy/pair-buffer.ts';
import { fillByCopy } from '../../db/copy-in.ts';
import type { Session } from '../../db/database.ts';
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';

export class MergedByBatch {
  private readonly load: EntityLoad;
  private readonly batches = new Map<number, MergedRows>();

  constructor(load: EntityLoad) {
    this.load = load;
  }

  of(batchId: number): MergedRows {
    const rows = this.batches.get(batchId) ?? new MergedRows(this.load, batchId);
    this.batches.set(batchId, rows);
    return rows;
  }

  /** In the caller's transaction: the rows and their pairs. */
  async write(target: Session): Promise<void> {
    for (const [batchId, rows] of this.batches) {
      const gone = await rows.write(target);
      await copyPairs(this.load, rows.pairs, target);
      await unmarkGone(target, this.load, batchId, gone);
      await target.query(`drop table if exists pg_temp.${quoteIdentifier(MERGE_STAGING.name)}`);
    }
  }
}

export async function copyPairs(load: EntityLoad, pairs: PairBuffer, target: Session): Promise<void> {
  if (pairs.rows === 0) return;
  const columns = pairs.columns().map(quoteIdentifier).join(', ');
  const sql = `copy ${quoteTable(load.pairsTable)} (${columns}) from stdin (format binary)`;
  await fillByCopy(target, sql, (write) => write(pairs.finish()));
}
