/**
 * People go on working in the old system while it is moved: texts change, rows come and go.
 * Each change is remembered, to be compared with what validation says of it.
 */
import pg from 'pg';
import type { PlanEntity, PlanFile } from '../../../engine/plan/plan-file.ts';
import { plainText } from '../changed-rows.ts';
import type { Place } from '../lane.ts';
import type { Draws } from '../random.ts';

export interface ChangedRow {
  readonly entity: string;
  readonly key: string;
  readonly what: 'updated' | 'inserted' | 'deleted';
}

export interface SourceChanges {
  readonly rows: readonly ChangedRow[];
  make(count: number): Promise<boolean>;
}

/** Tables to which nothing points, so that their rows may come and go. */
export const LEAVES: readonly string[] = [
  'notifications',
  'system_messages',
  'doctor_notes',
  'customer_feedback',
  'comments',
];

export function createSourceChanges(place: Place, plan: PlanFile, draws: Draws): SourceChanges {
  const rows: ChangedRow[] = [];
  const leaves = plan.entities.filter(({ name, key }) => LEAVES.includes(name) && key.columns.length === 1);

  async function change(entity: PlanEntity): Promise<void> {
    const what = draws.one(['updated', 'updated', 'inserted', 'deleted'] as const);
    const table = `${pg.escapeIdentifier(entity.source.schema)}.${pg.escapeIdentifier(entity.source.table)}`;
    const key = pg.escapeIdentifier(entity.key.columns[0]!);
    const changed = await place.query<{ key: string }>('source', statement(what, table, key, entity, draws));
    rows.push(...changed.map((row) => ({ entity: entity.name, key: row.key, what })));
  }

  return {
    rows,
    async make(count) {
      const before = rows.length;
      for (let n = 0; n < count; n++) await change(draws.one(leaves));
      return rows.length > before;
    },
  };
}

function statement(
  what: ChangedRow['what'],
  table: string,
  key: string,
  entity: PlanEntity,
  draws: Draws,
): string {
  const some = `(select ${key} from ${table} order by md5(${key}::text || '${draws.whole(1, 1_000_000)}') limit 1)`;
  if (what === 'deleted') return `delete from ${table} where ${key} = ${some} returning ${key}::text as key`;
  const text = pg.escapeIdentifier(plainText(entity).from);
  if (what === 'updated')
    return `update ${table} set ${text} = left(${text}, 20) || ' ${draws.whole(1, 999_999)}' where ${key} = ${some} returning ${key}::text as key`;
  // a copy of a row, behind the last or in a gap in the middle
  return `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(${pg.escapeLiteral(entity.key.columns[0]!)},
      (select max(${key}) + ${draws.whole(1, 3)} from ${table})))).* from ${table} t where ${key} = ${some} returning ${key}::text as key`;
}
