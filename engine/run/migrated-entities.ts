/** Which entities of a migration are in the target: the last thing that any run did with them was to complete them. */
import type { Database } from '../db/database.ts';

const migratedSql = `select entity from (
    select distinct on (s.entity) s.entity, s.state
    from towpath.entity_migration_status s
    join towpath.migration_control r on r.run_id = s.run_id
    where r.migration = $1 and s.state not in ('pending', 'skipped')
    order by s.entity, coalesce(s.finished_at, s.started_at) desc nulls last) last
  where state = 'completed'`;

export async function migratedEntities(target: Database, migration: string): Promise<ReadonlySet<string>> {
  const rows = await target.query<{ entity: string }>(migratedSql, [migration]);
  return new Set(rows.map((row) => row.entity));
}
