/**
 * Which rows of a run its rollback leaves where they are, decided before anything goes:
 *
 *   changed      somebody has changed the row since (find-changed.ts), unless the rollback was told to take those too
 *   pointed-at   a row that stays points to it: a row of others, or one of the run's that stays for one of these reasons
 *
 * The second follows from the first, table after table, until nothing is added; so what stays never points to what went.
 */
import type { LeftRow } from '../contract/undo.ts';
import { quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';
import type { ChangedRows } from '../validation/changed-rows.ts';
import type { RollbackContext } from './context.ts';
import { edgesTo } from './edges.ts';
import { findChanged, MOST_LEFT } from './find-changed.ts';
import { type Edge, pointedAtByRowsSql, pointedAtSql } from './pointing.sql.ts';
import type { SurveyedEntity } from './survey.ts';

export interface KeptOfEntity {
  readonly rows: ReadonlyMap<string, LeftRow>;
  /** Writers of rows that were looked at and found the same, or that go although they were changed. */
  readonly seen: readonly string[];
  /** Changed rows that go nevertheless. */
  readonly forced: number;
}

export type Kept = ReadonlyMap<string, KeptOfEntity>;

type Looking = Pick<
  RollbackContext,
  'session' | 'control' | 'runId' | 'plan' | 'force' | 'signal' | 'mostLeft'
>;
type Growing = Map<string, { rows: Map<string, LeftRow>; seen: readonly string[]; forced: number }>;

export async function findKept(
  context: Looking,
  surveyed: readonly SurveyedEntity[],
  compare: ChangedRows | null,
): Promise<Kept> {
  const kept: Growing = new Map();
  const most = context.mostLeft ?? MOST_LEFT;
  let room = most;
  for (const entity of surveyed) {
    const { rows, changed, seen } = await findChanged(context, entity, compare, { most, room });
    room -= rows.length;
    kept.set(entity.entity, {
      rows: new Map(rows.map((row) => [row.id, row])),
      seen,
      forced: context.force ? changed : 0,
    });
  }
  await addPointedAt(context, surveyed, kept);
  return kept;
}

interface Tie {
  readonly parent: SurveyedEntity;
  readonly edge: Edge;
  /** Null: not an entity that is undone. */
  readonly child: SurveyedEntity | null;
}

async function addPointedAt(
  context: Looking,
  surveyed: readonly SurveyedEntity[],
  kept: Growing,
): Promise<void> {
  const ties = await tiesOf(context, surveyed);
  let added = new Map<string, string[]>();
  const add = (entity: string, rows: readonly { id: string; legacyId: string }[]) => {
    const known = kept.get(entity)!.rows;
    const fresh = rows.filter(({ id }) => !known.has(id));
    for (const { id, legacyId } of fresh)
      known.set(id, { id, legacyId, reason: 'pointed-at', columns: null });
    if (fresh.length > 0) added.set(entity, [...(added.get(entity) ?? []), ...fresh.map(({ id }) => id)]);
  };
  for (const tie of ties) {
    if (!mayStay(tie, kept)) continue;
    add(tie.parent.entity, await pointedBy(context, tie, kept));
  }
  while (added.size > 0) {
    const last = added;
    added = new Map();
    for (const { parent, edge, child } of ties) {
      const ids = child === null ? undefined : last.get(child.entity);
      if (ids === undefined) continue;
      const sql = pointedAtByRowsSql({ table: parent.table!, pairs: parent.pairs! }, edge);
      add(parent.entity, await context.session.query(sql, [context.runId, parent.entity, ids]));
    }
  }
}

async function tiesOf(context: Looking, surveyed: readonly SurveyedEntity[]): Promise<Tie[]> {
  const byTable = new Map(
    surveyed.filter(({ table }) => table).map((entity) => [keyOf(entity.table!), entity]),
  );
  const ties: Tie[] = [];
  for (const parent of surveyed) {
    if (!parent.table || !parent.pairs) continue;
    for (const edge of await edgesTo(context.session, context.plan, parent)) {
      const child = byTable.get(keyOf(edge.child));
      ties.push({ parent, edge, child: child?.pairs ? child : null });
    }
  }
  return ties;
}

/** False where the child holds nothing but rows that go: it need not be read. */
function mayStay({ child }: Tie, kept: Growing): boolean {
  return child === null || child.kept > 0 || kept.get(child.entity)!.rows.size > 0;
}

function pointedBy(
  { session, runId }: Looking,
  { parent, edge, child }: Tie,
  kept: Growing,
): Promise<{ id: string; legacyId: string }[]> {
  const of = { table: parent.table!, pairs: parent.pairs! };
  if (child === null) return session.query(pointedAtSql(of, edge, null), [runId, parent.entity]);
  const staying = [...kept.get(child.entity)!.rows.keys()];
  const values = [runId, parent.entity, child.entity, staying, child.changedImages.map(({ id }) => id)];
  return session.query(pointedAtSql(of, edge, child.pairs), values);
}

function keyOf(table: TableName): string {
  return quoteTable(table);
}
