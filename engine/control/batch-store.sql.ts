import { count, isoTime } from './columns.sql.ts';

export const batchColumns = `batch_id as "batchId", entity, state, lo, hi, attempts, ${count('rows_read')} as "rowsRead",
  ${count('rows_written')} as "rowsWritten", ${count('rows_quarantined')} as "rowsQuarantined",
  ${count('rows_repaired')} as "rowsRepaired", ${count('rows_duplicate')} as "rowsDuplicate", ${count('bytes_read')} as "bytesRead",
  ${count('bytes_written')} as "bytesWritten", ${isoTime('started_at')} as "startedAt", ${isoTime('finished_at')} as "finishedAt"`;

/**
 * Enters a range once, however often it is asked for: the answer to an insert may be lost. `own`: it is this very range and
 * nobody has run it. $1 run, $2 entity, $3 lo, $4 hi
 */
export const planBatchSql = `with made as (
    insert into towpath.batch_processing_status (run_id, entity, lo, hi) values ($1, $2, $3::jsonb, $4::jsonb)
    on conflict (run_id, entity, md5(coalesce(lo::text, ''))) do nothing returning batch_id
  )
  select batch_id as "batchId", true as own from made
  union all
  select batch_id, hi is not distinct from $4::jsonb and state = 'planned' from towpath.batch_processing_status
  where run_id = $1 and entity = $2 and lo is not distinct from $3::jsonb`;

/** One statement, so that the halves are there together or not at all. $1 batch, $2 middle, $3 end, $4 start */
export const splitBatchSql = `with cut as (
    update towpath.batch_processing_status set hi = $2::jsonb
    where batch_id = $1 and run_id = $5 and state = 'planned'
      and lo is not distinct from $4::jsonb and hi is not distinct from $3::jsonb
    returning run_id, entity
  )
  insert into towpath.batch_processing_status (run_id, entity, lo, hi)
  select run_id, entity, $2::jsonb, $3::jsonb from cut returning batch_id as "batchId"`;

/** $1 batch, then its counters */
export const completeBatchSql = `update towpath.batch_processing_status
  set state = 'completed', attempts = attempts + 1, finished_at = clock_timestamp(), rows_read = $2, rows_written = $3,
    rows_quarantined = $4, rows_repaired = $5, bytes_read = $6, bytes_written = $7, rows_duplicate = $8
  where batch_id = $1 and state = 'planned' returning batch_id`;

export const attemptBatchSql = `update towpath.batch_processing_status set attempts = attempts + 1 where batch_id = $1`;

export const batchStateSql = 'select state from towpath.batch_processing_status where batch_id = $1';

/** $1 batch */
export const findBatchSql = `select run_id as "runId", ${isoTime('finished_at')} as "finishedAt"
  from towpath.batch_processing_status where batch_id = $1`;

export const listBatchesSql = `select ${batchColumns} from towpath.batch_processing_status
  where run_id = $1 and ($2::text is null or entity = $2) order by batch_id`;

export const unfinishedBatchesSql = `select ${batchColumns} from towpath.batch_processing_status
  where run_id = $1 and entity = $2 and state = 'planned' order by batch_id`;

/**
 * The end of the chain of ranges: the batch that no other continues. Not the highest id: halving gives the right half
 * a later id than ranges that lie behind it. $1 run, $2 entity
 */
export const frontierSql = `select last.hi from towpath.batch_processing_status as last
  where last.run_id = $1 and last.entity = $2 and (last.hi is null or not exists (
    select from towpath.batch_processing_status as following
    where following.run_id = $1 and following.entity = $2 and following.lo = last.hi))
  order by last.hi nulls first limit 2`;

const totals = `${count('coalesce(sum(rows_read), 0)')} as "rowsRead",
    ${count('coalesce(sum(rows_written), 0)')} as "rowsWritten",
    ${count('coalesce(sum(rows_quarantined), 0)')} as "rowsQuarantined",
    ${count('coalesce(sum(rows_repaired), 0)')} as "rowsRepaired",
    ${count('coalesce(sum(rows_duplicate), 0)')} as "rowsDuplicate",
    ${count('coalesce(sum(bytes_read), 0)')} as "bytesRead",
    ${count('coalesce(sum(bytes_written), 0)')} as "bytesWritten",
    (count(*) filter (where state = 'completed'))::int as completed,
    (count(*) filter (where state = 'planned'))::int as planned
  from towpath.batch_processing_status`;

export const batchTotalsSql = `select ${totals} where run_id = $1 and ($2::text is null or entity = $2)`;

/** $1 run, $2 entities */
export const batchTotalsByEntitySql = `select entity, ${totals}
  where run_id = $1 and entity = any($2::text[]) group by entity`;

/** Rows written in each second that finished a batch. $1 run */
export const throughputSql = `select ${isoTime("date_trunc('second', finished_at)")} as at, ${count('sum(rows_written)')} as rows
  from towpath.batch_processing_status where run_id = $1 and state = 'completed'
  group by date_trunc('second', finished_at) order by 1`;

/** $1 batches */
export const reopenBatchesSql = `update towpath.batch_processing_status
  set state = 'planned', finished_at = null, rows_read = 0, rows_written = 0, rows_quarantined = 0, rows_repaired = 0,
    rows_duplicate = 0, bytes_read = 0, bytes_written = 0
  where batch_id = any($1::int[])`;

export const forgetBatchesSql =
  'delete from towpath.batch_processing_status where run_id = $1 and entity = $2';
