/**
 * The second pass. Ids are computed, not looked up, so a reference to a row that comes later (a cycle, a row pointing
 * to itself) was written at once; what remains is to find the few whose parent never came, and map those rows again
 * with all parents known: null and a note, or quarantine, as the plan says.
 *
 * What dangles is asked of the target itself, so a run that died in the middle finds the same rows again. A row that has to
 * leave goes behind the rows that point to it (withdraw.ts): nothing dangles because of this pass.
 * Rejected: writing null first and updating every row afterwards, which rewrites the whole table (0.95 M tasks).
 */
import type { Reference } from './references.ts';
import { replayRows } from './replay.ts';
import { danglingSql } from './settle.sql.ts';
import { leaveTarget, type Withdrawal } from './withdraw.ts';

/** Settles the deferred ones among the references, whose parents are all in the target. */
export async function settleReferences(
  references: readonly Reference[],
  withdrawal: Withdrawal,
): Promise<void> {
  for (const { child, column, tables } of references) {
    if (!child.compiled.plan.deferred.includes(column.to)) continue;
    const sql = danglingSql(child.target, column.to, tables, child.pairsTable);
    const rows = await withdrawal.target.query<{ key: string }>(sql);
    const rejects = await replayRows(
      child,
      rows.map((row) => row.key),
      withdrawal,
    );
    if (rows.length > 0) withdrawal.touched.add(child.compiled.plan.name);
    await leaveTarget(child, rejects, withdrawal);
  }
}
