/**
 * Checks of tables that Towpath made, where the edited plan has them otherwise: a choice that got a further word. They are made
 * anew in the transaction of the retry; every row that is there is looked at by it.
 */
import type { Session } from '../../db/database.ts';
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';
import { createsTable } from '../../plan/creates-table.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';

export interface ChangedChecks {
  readonly entity: string;
  readonly target: PlanEntity['target'];
  readonly removed: readonly string[];
  readonly added: PlanEntity['checks'];
}

export function changedChecks(old: PlanFile, now: PlanFile): ChangedChecks[] {
  const before = new Map(old.entities.map((entity) => [entity.name, entity]));
  return now.entities.flatMap((entity): ChangedChecks[] => {
    const was = before.get(entity.name);
    if (was === undefined || !createsTable(now, entity)) return [];
    const missing = (from: PlanEntity['checks'], others: PlanEntity['checks']) =>
      from.filter(
        ({ name, expression }) =>
          !others.some((other) => other.name === name && other.expression === expression),
      );
    const removed = missing(was.checks, entity.checks).map(({ name }) => name);
    const added = missing(entity.checks, was.checks);
    if (removed.length + added.length === 0) return [];
    return [{ entity: entity.name, target: entity.target, removed, added }];
  });
}

/** In the caller's transaction. */
export async function followChecks(
  { old, now }: { readonly old: PlanFile; readonly now: PlanFile },
  target: Session,
): Promise<void> {
  for (const { target: of, removed, added } of changedChecks(old, now)) {
    const table = quoteTable({ schema: of.schema, name: of.table });
    for (const name of removed)
      await target.query(`alter table ${table} drop constraint if exists ${quoteIdentifier(name)}`);
    for (const { name, expression } of added)
      await target.query(
        `alter table ${table} add constraint ${quoteIdentifier(name)} check (${expression})`,
      );
  }
}
