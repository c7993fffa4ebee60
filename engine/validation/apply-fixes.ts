/** Applies fixes: one transaction an entity, parents first; all of an entity's fixes, with an entry in the audit log, or none. */
import type { AuditStore } from '../control/audit-store.ts';
import { enterTransactionSql } from '../control/transaction-store.sql.ts';
import { entityOf } from '../copy/prepare.ts';
import type { Database, Session } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Fix } from './plan-fixes.ts';
import { restorePairSql } from './records.sql.ts';
import type { ValidationRecords } from './records.ts';

interface FixContext {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly target: Database;
  readonly records: ValidationRecords;
  readonly control: { readonly audit?: Pick<AuditStore, 'add'> };
}

/** Gives the number of statements applied. */
export async function applyFixes(
  fixes: readonly Fix[],
  { runId, plan, target, records, control }: FixContext,
): Promise<number> {
  const names = [...new Set(fixes.map(({ entity }) => entity))];
  names.sort((a, b) => entityOf(plan, a).level - entityOf(plan, b).level);
  for (const name of names) {
    const own = fixes.filter(({ entity }) => entity === name);
    await target.transaction(async (session) => {
      await session.query(enterTransactionSql, [runId]);
      if (own.some(({ quietly }) => quietly))
        await session.query('set local session_replication_role = replica');
      for (const fix of own) await session.query(fix.sql);
      await restorePairs(session, own, records);
      const details = { runId, entity: name, statements: own.length };
      await control.audit?.add({ actor: 'towpath', action: 'validation.fixed', details }, session);
    });
  }
  return fixes.length;
}

/** A row that was put back gets its pair, where that was lost as well. */
async function restorePairs(
  session: Session,
  fixes: readonly Fix[],
  records: ValidationRecords,
): Promise<void> {
  for (const { entity, finding } of fixes) {
    if (finding.kind !== 'missing' || finding.key === undefined || !finding.expected) continue;
    const pairs = await records.pairs(entity);
    if (!pairs) continue;
    await session.query(restorePairSql(pairs.table), [pairs.entityNo, finding.key, finding.expected]);
  }
}
