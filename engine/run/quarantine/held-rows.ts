/** Which rows are to be tried or moved: of each entity the keys that are held, their batch, and what they looked like then. */
import { createHash } from 'node:crypto';
import type { Control } from '../../control/control.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { canonicalJson } from '../../schema/canonical-json.ts';
import { chooseGroups } from './cards.ts';

const PAGE = 2000;

export interface HeldFacts {
  readonly batchId: number | null;
  /** Of the old row as it was set aside; null where it could not be kept. */
  readonly digest: string | null;
}

export interface HeldRows {
  readonly entity: string;
  readonly rows: ReadonlyMap<string, HeldFacts>;
  /** Of the target: those whose values did not fit. */
  readonly columns: ReadonlySet<string>;
}

/** In the order of levels; entities that the plan does not hold any more are left out. Throws UNKNOWN_CARD. */
export async function readHeldRows(
  control: Pick<Control, 'quarantine'>,
  of: { readonly runId: string; readonly plan: PlanFile; readonly cards: readonly string[] },
): Promise<HeldRows[]> {
  const byEntity = new Map<string, Map<string, HeldFacts>>();
  const columns = new Map<string, Set<string>>();
  for (const group of await chooseGroups(control, of.runId, of.cards)) {
    const named = columns.get(group.entity) ?? new Set<string>();
    columns.set(group.entity, group.column === null ? named : named.add(group.column));
    const rows = byEntity.get(group.entity) ?? new Map<string, HeldFacts>();
    byEntity.set(group.entity, rows);
    for (let afterId: string | undefined; ; ) {
      const page = await control.quarantine.rowsOf(of.runId, group, {
        limit: PAGE,
        ...(afterId === undefined ? {} : { afterId }),
      });
      for (const { legacyId, batchId, sourceRow } of page)
        rows.set(legacyId, { batchId, digest: digestOf(sourceRow) });
      if (page.length < PAGE) break;
      afterId = page.at(-1)!.id;
    }
  }
  return of.plan.entities
    .filter(({ name }) => byEntity.has(name))
    .sort((a, b) => a.level - b.level)
    .map(({ name }) => ({ entity: name, rows: byEntity.get(name)!, columns: columns.get(name)! }));
}

export function digestOf(row: unknown): string | null {
  if (row === null || row === undefined) return null;
  return createHash('sha256').update(canonicalJson(row)).digest('base64');
}
