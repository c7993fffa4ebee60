/** Statements over `towpath.left_rows`. `pairs` is an entity’s partition of the mapping pairs, quoted. */

/** Decisions of an attempt that broke off are taken anew where the row is still the run’s. $1 run, $2 entity */
export function forgetUndecidedSql(pairs: string): string {
  return `delete from towpath.left_rows l where l.run_id = $1 and l.entity = $2 and l.image is null
    and exists (select from ${pairs} p where p.new_id = l.new_id)`;
}

/** $1 run, $2 entity, $3 rows as JSON */
export const leaveRowsSql = `insert into towpath.left_rows (run_id, entity, new_id, legacy_id, reason, columns)
  select $1, $2, id, "legacyId", reason, columns
  from jsonb_to_recordset($3::jsonb) as row(id uuid, "legacyId" text, reason text, columns text[])
  on conflict (run_id, entity, new_id) do nothing`;

/** $1 run, $2 entity, $3 limit */
export const listLeftSql = `select new_id::text as id, legacy_id as "legacyId", reason, columns
  from towpath.left_rows where run_id = $1 and entity = $2 order by reason, legacy_id limit $3`;

/** $1 run, $2 entity */
export const countLeftSql = `select (count(*) filter (where reason = 'changed'))::float8 as changed,
    (count(*) filter (where reason = 'pointed-at'))::float8 as "pointedAt"
  from towpath.left_rows where run_id = $1 and entity = $2`;

/** $1 run, $2 entity */
export const forgetLeftSql = 'delete from towpath.left_rows where run_id = $1 and entity = $2';

/** $1 run: entities of which rows were left, with how many. */
export const entitiesLeftSql = `select entity, count(*)::float8 as rows from towpath.left_rows where run_id = $1
  group by entity order by entity`;
