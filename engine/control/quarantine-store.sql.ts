import { count, isoTime } from './columns.sql.ts';

/** One parameter an item, so that a batch's rows go in one statement. */
export const addQuarantinedSql = `insert into towpath.quarantined_rows
    (run_id, entity, legacy_id, batch_id, reason, sqlstate, column_name, message, source_row)
  select "runId", entity, "legacyId", "batchId", reason, sqlstate, "column", message, nullif("sourceRow", 'null'::jsonb)
  from jsonb_to_recordset($1::jsonb) as item("runId" text, entity text, "legacyId" text, "batchId" int, reason text,
    sqlstate text, "column" text, message text, "sourceRow" jsonb)`;

const columns = `id::text as id, run_id as "runId", entity, legacy_id as "legacyId", batch_id as "batchId", reason, sqlstate,
  column_name as "column", message, source_row as "sourceRow", state, ${isoTime('created_at')} as "createdAt"`;

const chosen = `($1::text is null or run_id = $1) and ($2::text is null or entity = $2)
  and ($3::text is null or reason = $3 or sqlstate = $3) and ($4::text is null or state = $4)`;

/** $1 run, $2 entity, $3 cause, $4 state, $5 behind this id, $6 limit */
export const listQuarantinedSql = `select ${columns} from towpath.quarantined_rows
  where ${chosen} and ($5::bigint is null or id > $5) order by id limit $6`;

/** $1 run, $2 entity, $3 cause, $4 state */
export const quarantineCausesSql = `select entity, reason, sqlstate, column_name as "column", ${count('count(*)')} as rows,
    min(message) as message
  from towpath.quarantined_rows where ${chosen}
  group by entity, reason, sqlstate, column_name order by count(*) desc, entity, reason, column_name`;

export const countQuarantinedSql = `select ${count('count(*)')} as rows from towpath.quarantined_rows
  where run_id = $1 and ($2::text is null or entity = $2) and state = 'held'`;

/** $1 run, $2 entity, $3 legacy ids */
export const releaseQuarantinedSql = `update towpath.quarantined_rows set state = 'released'
  where run_id = $1 and entity = $2 and legacy_id = any($3::text[]) and state = 'held'`;

export const forgetQuarantinedSql = `delete from towpath.quarantined_rows
  where run_id = $1 and entity = $2 and ($3::int[] is null or batch_id = any($3))`;
