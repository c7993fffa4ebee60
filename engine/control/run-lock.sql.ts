import { isoTime } from './columns.sql.ts';

/** The halves of the lock's key: this schema's number, and the one lock of a target. */
export const LOCK_SPACE = '70617';
export const LOCK = `${LOCK_SPACE}, 1`;

export const tryLockSql = `select pg_try_advisory_lock(${LOCK}) as locked`;

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
  where locks.locktype = 'advisory' and locks.granted and locks.objsubid = 2
    and (locks.classid::bigint, locks.objid::bigint) = (${LOCK})
    and locks.database = (select oid from pg_database where datname = current_database())
  limit 1`;
