import { count, isoTime } from './columns.sql.ts';

export const addRepairsSql = `insert into towpath.repaired_rows
    (run_id, entity, legacy_id, batch_id, column_name, rule, original)
  select "runId", entity, "legacyId", "batchId", "column", rule, original
  from jsonb_to_recordset($1::jsonb) as item("runId" text, entity text, "legacyId" text, "batchId" int,
    "column" text, rule text, original text)`;

/** $1 run, $2 entity, $3 limit */
export const listRepairsSql = `select run_id as "runId", entity, legacy_id as "legacyId", batch_id as "batchId",
    column_name as "column", rule, original, ${isoTime('created_at')} as "createdAt"
  from towpath.repaired_rows where run_id = $1 and ($2::text is null or entity = $2)
  order by entity, legacy_id, column_name limit $3`;

export const repairCausesSql = `select entity, rule, column_name as "column", ${count('count(*)')} as rows
  from towpath.repaired_rows where run_id = $1 and ($2::text is null or entity = $2)
  group by entity, rule, column_name order by count(*) desc, entity, rule, column_name`;

export const countRepairedSql = `select ${count('count(*)')} as rows from (
  select distinct entity, legacy_id from towpath.repaired_rows where run_id = $1 and ($2::text is null or entity = $2)) as repaired`;

/** $1 run, $2 entity, $3 legacy ids or null, $4 batches or null, $5 columns or null */
export const forgetRepairsSql = `delete from towpath.repaired_rows where run_id = $1 and entity = $2
  and ($3::text[] is null or legacy_id = any($3)) and ($4::int[] is null or batch_id = any($4))
  and ($5::text[] is null or column_name = any($5))`;
