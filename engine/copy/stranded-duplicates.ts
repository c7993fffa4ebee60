/**
 * Rows that are the same record as one that did not get through. The batches write their pairs on trust, as references are
 * written, because the row they lead to may come in a later batch; behind the level those whose row never came are set
 * aside too: an old key that leads nowhere would be worse. The answer follows from the pairs, so a run that died in
 * between finds the same rows again.
 */
import type { EntityLoad } from './entity-load.ts';
import { strandedSql } from './settle.sql.ts';
import { strandedReject } from './stranded-reject.ts';
import { leaveTarget, type Withdrawal } from './withdraw.ts';

export async function leaveStranded(load: EntityLoad, withdrawal: Withdrawal): Promise<void> {
  if (!load.deduped) return;
  const sql = strandedSql(load.pairsTable);
  const rows = await withdrawal.target.query<{ key: string }>(sql, [load.entityNo]);
  await leaveTarget(
    load,
    rows.map(({ key }) => strandedReject(load.compiled, key)),
    withdrawal,
  );
}
