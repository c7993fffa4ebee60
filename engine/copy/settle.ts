/**
 * The second pass. Ids are computed, not looked up, so a reference to a row that comes later (a cycle, a row pointing
 * to itself) was written at once; what remains is to find the few whose parent never came, and map those rows again
 * with all parents known: null and a note, or quarantine, as the plan says.
 * A row that leaves the target may leave others behind that point to it: the search goes on until nothing dangles.
 * Rejected: writing null first and updating every row afterwards, which rewrites the whole table (0.95 M tasks).
 */
import type { Control } from '../control/control.ts';
import type { Session } from '../db/database.ts';
import type { PlanColumn } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { EntityLoad } from './entity-load.ts';
import { replayRows } from './replay.ts';
import { danglingSql } from './settle.sql.ts';

export interface SettleResult {
  readonly entity: string;
  readonly column: string;
  readonly updated: number;
  readonly removed: number;
}

interface Reference {
  readonly child: EntityLoad;
  readonly column: PlanColumn;
  readonly parent: EntityLoad;
}

/** Settles all references between the given entities. */
export async function settleReferences(
  loads: ReadonlyMap<string, EntityLoad>,
  sessions: { readonly source: Session; readonly target: Session },
  control: Control,
): Promise<SettleResult[]> {
  const all = references(loads);
  const results: SettleResult[] = [];
  const queue = all.filter(({ child, column }) => child.compiled.plan.deferred.includes(column.to));
  while (queue.length > 0) {
    const { child, column, parent } = queue.shift()!;
    const sql = danglingSql(child.target, column.to, parent.target, child.pairsTable);
    const rows = await sessions.target.query<{ key: string }>(sql);
    if (rows.length === 0) continue;
    const replay = await replayRows(
      child,
      rows.map((row) => row.key),
      sessions,
      control,
    );
    results.push({
      entity: child.compiled.plan.name,
      column: column.to,
      updated: replay.updated,
      removed: replay.removed.length,
    });
    if (replay.removed.length > 0) queue.push(...all.filter((reference) => reference.parent === child));
  }
  return results;
}

function references(loads: ReadonlyMap<string, EntityLoad>): Reference[] {
  return [...loads.values()].flatMap((child) =>
    child.compiled.plan.columns.flatMap((column) =>
      parentsOf(column).flatMap((entity) => {
        const parent = loads.get(entity);
        return parent ? [{ child, column, parent }] : [];
      }),
    ),
  );
}

/** Entities a column can point to; a generic relation is checked while mapping, its targets lie in several tables. */
function parentsOf(column: PlanColumn): string[] {
  return transformsOf(column).flatMap((transform) =>
    transform.kind === 'reference' ? [transform.entity] : [],
  );
}
