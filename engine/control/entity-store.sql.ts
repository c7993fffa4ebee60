import { count, isoTime } from './columns.sql.ts';

export const entityColumns = `run_id as "runId", entity, level, state, ${count('expected_rows')} as "expectedRows",
  ${count('rows_read')} as "rowsRead", ${count('rows_written')} as "rowsWritten",
  ${count('rows_quarantined')} as "rowsQuarantined", ${count('rows_repaired')} as "rowsRepaired",
  ${count('rows_duplicate')} as "rowsDuplicate", ${count('rows_excluded')} as "rowsExcluded", batches_done as "batchesDone",
  ${isoTime('started_at')} as "startedAt", ${isoTime('finished_at')} as "finishedAt",
  coalesce(extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at) * 1000, 0)::float8 as milliseconds,
  error`;

/** $1 run, $2 names, $3 levels */
export const registerEntitiesSql = `insert into towpath.entity_migration_status (run_id, entity, level)
  select $1, * from unnest($2::text[], $3::int[])
  on conflict (run_id, entity) do update set level = excluded.level`;

/** $1 run, $2 names */
export const leaveOutEntitiesSql = `delete from towpath.entity_migration_status
  where run_id = $1 and entity = any($2::text[]) and state in ('pending', 'rolled-back')`;

/** $1 run, $2 entity, $3 expected, $4 excluded. What an interrupted or rolled back load left begins anew. */
export const startEntitySql = `insert into towpath.entity_migration_status as status
    (run_id, entity, state, expected_rows, rows_excluded, started_at)
  values ($1, $2, 'copying', $3, $4, clock_timestamp())
  on conflict (run_id, entity) do update set state = 'copying', expected_rows = excluded.expected_rows,
    rows_excluded = excluded.rows_excluded, finished_at = null, error = null,
    started_at = case when status.state = 'rolled-back' then excluded.started_at
      else coalesce(status.started_at, excluded.started_at) end`;

/** $1 run, $2 entity, $3 new state, $4 states it may come from, $5 error, $6 true when it ends there */
export const moveEntitySql = `update towpath.entity_migration_status
  set state = $3, error = $5::jsonb, finished_at = case when $6 then clock_timestamp() end
  where run_id = $1 and entity = $2 and state = any($4::text[])
  returning ${entityColumns}`;

/**
 * What the ledger holds of an entity: read as the batches counted, written as the pairs that are there now, put aside
 * and repaired as rows that are there now. The second pass takes rows out again, so batch counters alone would not do.
 * $1 run, $2 entity, $3 entity number
 */
export const completeEntitySql = `update towpath.entity_migration_status as status
  set state = 'completed', finished_at = clock_timestamp(), error = null,
    rows_read = batches.moved, batches_done = batches.done, rows_written = pairs.rows, rows_duplicate = pairs.duplicates,
    rows_quarantined = quarantined.rows, rows_repaired = repaired.rows
  from (
    select coalesce(sum(rows_read), 0) as moved, count(*) as done from towpath.batch_processing_status
    where run_id = $1 and entity = $2 and state = 'completed'
  ) as batches, (
    select count(*) filter (where merged is distinct from 'duplicate') as rows,
      count(*) filter (where merged = 'duplicate') as duplicates
    from towpath.mapping_pairs where entity_no = $3::smallint and batch_id in (
      select batch_id from towpath.batch_processing_status where run_id = $1 and entity = $2)
  ) as pairs, (
    select count(*) as rows from towpath.quarantined_rows where run_id = $1 and entity = $2 and state = 'held'
  ) as quarantined, (
    select count(distinct legacy_id) as rows from towpath.repaired_rows where run_id = $1 and entity = $2
  ) as repaired
  where status.run_id = $1 and status.entity = $2
    and status.state in ('pending', 'copying', 'finishing', 'completed', 'failed')
  returning ${entityColumns}`;

export const getEntitySql = `select ${entityColumns} from towpath.entity_migration_status where run_id = $1 and entity = $2`;

export const listEntitiesSql = `select ${entityColumns} from towpath.entity_migration_status
  where run_id = $1 order by level, entity`;
