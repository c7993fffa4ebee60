import { isoTime } from './columns.sql.ts';

export const checkpointColumns = `checkpoint_id as "checkpointId", run_id as "runId", reason, summary,
  ${isoTime('created_at')} as "createdAt"`;

export const addCheckpointSql = `insert into towpath.migration_checkpoints (run_id, reason, summary)
  values ($1, $2, $3::jsonb) returning ${checkpointColumns}`;

export const latestCheckpointSql = `select ${checkpointColumns} from towpath.migration_checkpoints
  where run_id = $1 order by checkpoint_id desc limit $2`;

/** The last checkpoint of each run stays. */
export const deleteCheckpointsSql = `delete from towpath.migration_checkpoints as old
  where created_at < clock_timestamp() - make_interval(days => $1) and exists (
    select from towpath.migration_checkpoints as newer where newer.run_id = old.run_id and newer.checkpoint_id > old.checkpoint_id)
  returning checkpoint_id`;
