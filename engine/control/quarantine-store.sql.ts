import { count, isoTime } from './columns.sql.ts';

/** One parameter an item, so that a batch's rows go in one statement. The plan is the one that the run follows now. */
export const addQuarantinedSql = `insert into towpath.quarantined_rows
    (run_id, entity, legacy_id, batch_id, reason, sqlstate, constraint_name, column_name, shape, message, source_row, plan_hash)
  select "runId", entity, "legacyId", "batchId", reason, sqlstate, "constraint", "column", shape, message,
    nullif("sourceRow", 'null'::jsonb), (select plan_hash from towpath.migration_control where run_id = "runId")
  from jsonb_to_recordset($1::jsonb) as item("runId" text, entity text, "legacyId" text, "batchId" int, reason text,
    sqlstate text, "constraint" text, "column" text, shape text, message text, "sourceRow" jsonb)`;

export const heldColumns = `id::text as id, run_id as "runId", entity, legacy_id as "legacyId", batch_id as "batchId", reason, sqlstate,
  constraint_name as "constraint", column_name as "column", shape, message, source_row as "sourceRow", state,
  plan_hash as "planHash", ${isoTime('created_at')} as "createdAt"`;

const chosen = `($1::text is null or run_id = $1) and ($2::text is null or entity = $2)
  and ($3::text is null or reason = $3 or sqlstate = $3) and ($4::text is null or state = $4)`;

/** $1 run, $2 entity, $3 cause, $4 state, $5 behind this id, $6 limit */
export const listQuarantinedSql = `select ${heldColumns} from towpath.quarantined_rows
  where ${chosen} and ($5::bigint is null or id > $5) order by id limit $6`;

/** $1 run, $2 entity, $3 cause, $4 state */
export const quarantineCausesSql = `select entity, reason, sqlstate, column_name as "column", ${count('count(*)')} as rows,
    min(message) as message
  from towpath.quarantined_rows where ${chosen}
  group by entity, reason, sqlstate, column_name order by count(*) desc, entity, reason, column_name`;

/** $1 run, $2 entity or null */
export const quarantineGroupsSql = `select entity, reason, sqlstate, constraint_name as "constraint", column_name as "column",
    shape, ${count('count(*)')} as rows
  from towpath.quarantined_rows where run_id = $1 and ($2::text is null or entity = $2) and state = 'held'
  group by 1, 2, 3, 4, 5, 6 order by count(*) desc, 1, 2, 3, 4, 5, 6`;

/** $1 run, $2 entity, $3 reason, $4 SQLSTATE, $5 constraint, $6 column, $7 form, $8 behind this id, $9 limit */
export const rowsOfGroupSql = `select ${heldColumns} from towpath.quarantined_rows
  where run_id = $1 and entity = $2 and reason = $3 and sqlstate is not distinct from $4
    and constraint_name is not distinct from $5 and column_name is not distinct from $6
    and shape is not distinct from $7 and state = 'held' and ($8::bigint is null or id > $8)
  order by id limit $9`;

export const countQuarantinedSql = `select ${count('count(*)')} as rows from towpath.quarantined_rows
  where run_id = $1 and ($2::text is null or entity = $2) and state = 'held'`;

/** $1 run, $2 entity, $3 legacy ids, $4 new state */
export const settleQuarantinedSql = `update towpath.quarantined_rows set state = $4, settled_at = clock_timestamp()
  where run_id = $1 and entity = $2 and legacy_id = any($3::text[]) and state = 'held'`;

export const forgetQuarantinedSql = `delete from towpath.quarantined_rows
  where run_id = $1 and entity = $2 and ($3::int[] is null or batch_id = any($3))`;

/** Why rows that are held are held now. $1 as for adding them */
export const amendQuarantinedSql = `update towpath.quarantined_rows as held
  set reason = item.reason, sqlstate = item.sqlstate, constraint_name = item."constraint", column_name = item."column",
    shape = item.shape, message = item.message, source_row = coalesce(nullif(item."sourceRow", 'null'::jsonb), held.source_row),
    plan_hash = (select plan_hash from towpath.migration_control where run_id = item."runId")
  from jsonb_to_recordset($1::jsonb) as item("runId" text, entity text, "legacyId" text, reason text, sqlstate text,
    "constraint" text, "column" text, shape text, message text, "sourceRow" jsonb)
  where held.run_id = item."runId" and held.entity = item.entity and held.legacy_id = item."legacyId" and held.state = 'held'`;

/**
 * Rows that no longer count as read: the source or the filter has them no more. $1 run, $2 entity, $3 batches, $4 rows of
 * each
 */
export const uncountRowsSql = `update towpath.batch_processing_status as batch
  set rows_read = greatest(0, rows_read - gone.rows), rows_quarantined = greatest(0, rows_quarantined - gone.rows)
  from unnest($3::int[], $4::bigint[]) as gone(batch_id, rows)
  where batch.run_id = $1 and batch.entity = $2 and batch.batch_id = gone.batch_id`;

/** $1 run, $2 entity, $3 rows that are expected no longer, $4 of them left out by the filter */
export const unexpectRowsSql = `update towpath.entity_migration_status
  set expected_rows = expected_rows - $3::bigint, rows_excluded = rows_excluded + $4::bigint
  where run_id = $1 and entity = $2`;
