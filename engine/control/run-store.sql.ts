import { isoTime } from './columns.sql.ts';

export const runColumns = `run_id as "runId", migration, state, plan_hash as "planHash", mode, options,
  source_fingerprint as "sourceFingerprint", ${isoTime('started_at')} as "startedAt", ${isoTime('updated_at')} as "updatedAt",
  ${isoTime('finished_at')} as "finishedAt", requested_action as "requestedAction", owner_pid as "ownerPid",
  owner_host as "ownerHost", owner_app as "ownerApp", ${isoTime('heartbeat_at')} as "heartbeatAt", error`;

/** Two runs of one migration that begin at once must not each make a namespace. $1: migration */
export const lockMigrationSql = `select pg_advisory_xact_lock(hashtext('towpath.namespace'), hashtext($1))`;

/** $1 run, $2 migration, $3 state, $4 plan hash, $5 namespace if none is there, $6 mode, $7 options, $8 fingerprint */
export const createRunSql = `insert into towpath.migration_control
    (run_id, migration, state, plan_hash, namespace, mode, options, source_fingerprint)
  values ($1, $2, $3, $4, coalesce((
    select namespace from towpath.migration_control where migration = $2 order by started_at, run_id limit 1
  ), $5::uuid), $6, $7::jsonb, $8)
  returning ${runColumns}`;

export const namespaceSql =
  'select namespace::text as namespace from towpath.migration_control where run_id = $1';

/** `movedFrom`: the state before. $1 run, $2 new state, $3 states it may come from, $4 error, $5 true for a final state, $6 options to merge */
export const moveRunSql = `update towpath.migration_control
  set state = $2, updated_at = clock_timestamp(), error = $4::jsonb, options = options || $6::jsonb,
    finished_at = case when $5 then clock_timestamp() end,
    requested_action = case when $2 = 'copying' then null else requested_action end
  from (select state as moved_from from towpath.migration_control where run_id = $1 for update) as earlier
  where run_id = $1 and state = any($3::text[])
  returning ${runColumns}, moved_from as "movedFrom"`;

export const getRunSql = `select ${runColumns} from towpath.migration_control where run_id = $1`;

/** $1 migration or null */
export const listRunsSql = `select ${runColumns} from towpath.migration_control
  where $1::text is null or migration = $1 order by started_at desc, run_id desc`;

/** The newest that was neither undone nor given up before it brought a row. $1 migration or null */
export const currentRunSql = `select ${runColumns} from towpath.migration_control as run
  where ($1::text is null or migration = $1) and state <> 'rolled-back'
    and (state <> 'cancelled' or exists (
      select from towpath.batch_processing_status as batch
      where batch.run_id = run.run_id and batch.state = 'completed' and batch.rows_written > 0))
  order by started_at desc, run_id desc limit 1`;

/** $1 run, $2 action or null */
export const requestActionSql = `update towpath.migration_control
  set requested_action = $2, updated_at = clock_timestamp() where run_id = $1 and state <> all($3::text[]) returning run_id`;

/** $1 run, $2 pid, $3 host, $4 application */
export const ownRunSql = `update towpath.migration_control
  set owner_pid = $2, owner_host = $3, owner_app = $4, heartbeat_at = clock_timestamp(), updated_at = clock_timestamp()
  where run_id = $1 returning run_id`;

export const heartbeatSql = `update towpath.migration_control set heartbeat_at = clock_timestamp()
  where run_id = $1 returning requested_action as "requestedAction"`;

/** $1 run, $2 options to merge */
export const mergeOptionsSql = `update towpath.migration_control
  set options = options || $2::jsonb, updated_at = clock_timestamp() where run_id = $1 returning run_id`;

/** $1 run, $2 plan that it follows from now on */
export const followPlanSql = `update towpath.migration_control
  set plan_hash = $2, updated_at = clock_timestamp() where run_id = $1 returning run_id`;
