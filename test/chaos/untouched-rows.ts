/**
 * Where the source changed during a move: what nobody touched is compared all the same. Tables whose source did not change, as a
 * whole; the others row for row, by old key: values, id, and whether a row was moved or set aside.
 */
import pg from 'pg';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import type { TargetContent } from '../scenarios/target-content.ts';
import { compareContent } from './compare-content.ts';
import { LEAVES } from './faults/source-changes.ts';
import type { Place } from './lane.ts';

/** Entity → old key → what became of the row. */
export type KeyedContent = ReadonlyMap<string, ReadonlyMap<string, string>>;

export async function readByKey(place: Place, plan: PlanFile): Promise<KeyedContent> {
  const content = new Map<string, ReadonlyMap<string, string>>();
  for (const { name, target, columns } of plan.entities.filter((entity) => LEAVES.includes(entity.name))) {
    const list = columns.map(({ to }) => `t.${pg.escapeIdentifier(to)}`).join(', ');
    const table = `${pg.escapeIdentifier(target.schema)}.${pg.escapeIdentifier(target.table)}`;
    const rows = await place.query<{ key: string; line: string }>(
      'target',
      `select p.legacy_id as key, 'moved to ' || p.new_id || ': ' || coalesce(md5(row(${list})::text), 'no row') as line
         from towpath.migration_mappings p left join ${table} t on t.id = p.new_id where p.entity = $1
       union all
       select legacy_id, concat_ws(' ', 'set aside:', reason, sqlstate, column_name, md5(source_row::text))
         from towpath.quarantined_rows where entity = $1 and state = 'held'
       order by 1, 2`,
      [name],
    );
    const byKey = Map.groupBy(rows, ({ key }) => key);
    content.set(
      name,
      new Map([...byKey].map(([key, lines]) => [key, lines.map(({ line }) => line).join('; ')])),
    );
  }
  return content;
}

/** `touched`: old keys as “entity key”, which may be either way. */
export function compareUntouched(
  now: { readonly content: TargetContent; readonly byKey: KeyedContent },
  whole: { readonly content: TargetContent; readonly byKey: KeyedContent },
  touched: ReadonlySet<string>,
): string[] {
  const changed = new Set([...touched].map((row) => row.slice(0, row.indexOf(' '))));
  const lines = compareContent(without(now.content, changed), without(whole.content, changed));
  for (const entity of changed) {
    const [found, then] = [now.byKey.get(entity), whole.byKey.get(entity)];
    const keys = new Set([...(found?.keys() ?? []), ...(then?.keys() ?? [])]);
    for (const key of keys)
      if (!touched.has(`${entity} ${key}`) && found?.get(key) !== then?.get(key))
        lines.push(
          `${entity} ${key}, which nobody touched: ${found?.get(key) ?? 'nothing'} instead of ${then?.get(key) ?? 'nothing'}`,
        );
  }
  return lines.slice(0, 12);
}

/** An entity's lines begin with its name; tables of the sample are called as their entities. */
function without(content: TargetContent, entities: ReadonlySet<string>): TargetContent {
  const named = (part: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(part).filter(([name]) => !entities.has(name)));
  const told = (lines: readonly string[]) =>
    lines.filter((line) => !entities.has(/^\S+/.exec(line)?.[0] ?? ''));
  return {
    tables: named(content.tables),
    objects: content.objects,
    pairs: named(content.pairs),
    quarantined: told(content.quarantined),
    repaired: told(content.repaired),
    entities: told(content.entities),
  };
}
