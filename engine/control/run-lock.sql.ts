import { isoTime } from './columns.sql.ts';

/** The halves of the lock's key: this schema's number, and the one lock of a target. */
export const LOCK_SPACE = '70617';
export const LOCK = `${LOCK_SPACE}, 1`;

export const tryLockSql = `select pg_try_advisory_lock(${LOCK}) as locked`;

/** Which session holds the lock, so that its server process is known again when it outlives the connection. */
export const thisBackendSql = `select pid, backend_start::text as start from pg_stat_activity where pid = pg_backend_pid()`;

/** Waits until it is free: whoever only tries gets it neither before nor in between. */
export const waitForLockSql = `select pg_advisory_lock(${LOCK})`;

const held = `locks.locktype = 'advisory' and locks.objsubid = 2 and (locks.classid::bigint, locks.objid::bigint) = (${LOCK})
    and locks.database = (select oid from pg_database where datname = current_database())`;

/** True where that session still holds it. $1 process, $2 its start */
export const isHeldBySql = `select exists (select from pg_locks locks join pg_stat_activity a on a.pid = locks.pid
  where ${held} and locks.granted and locks.pid = $1 and a.backend_start::text = $2) as held`;

/** Ends that session, once another waits behind it. $1 process, $2 its start, $3 the process that waits */
export const endHolderSql = `select pg_terminate_backend(locks.pid) as ended
  from pg_locks locks join pg_stat_activity a on a.pid = locks.pid
  where ${held} and locks.granted and locks.pid = $1 and a.backend_start::text = $2
    and exists (select from pg_locks locks where ${held} and not locks.granted and locks.pid = $3)`;

export const unlockSql = `select pg_advisory_unlock(${LOCK}) as unlocked`;

/** Who holds it: the server knows the session, the ledger the run that named itself its owner. */
export const lockHolderSql = `select activity.application_name as application,
    coalesce(host(activity.client_addr), 'the server itself') as address, ${isoTime('activity.backend_start')} as since,
    run.run_id as "runId", run.owner_pid as "ownerPid", run.owner_host as "ownerHost", run.owner_app as "ownerApp"
  from pg_locks as locks
  join pg_stat_activity as activity on activity.pid = locks.pid
  left join lateral (
    select run_id, owner_pid, owner_host, owner_app from towpath.migration_control
    where activity.application_name = left('towpath/run ' || run_id, 63)
  ) as run on true
  where ${held} and locks.granted
  limit 1`;
