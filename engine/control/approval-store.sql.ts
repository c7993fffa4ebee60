import { count, isoTime } from './columns.sql.ts';

const columns = `id, action, plan_hash as "planHash", approver, reason, ${count('max_rows')} as "maxRows",
  ${isoTime('created_at')} as "createdAt", ${isoTime('expires_at')} as "expiresAt", ${isoTime('used_at')} as "usedAt",
  run_id as "runId"`;

/** $7: seconds it holds */
export const addApprovalSql = `insert into towpath.approvals (id, action, plan_hash, approver, reason, max_rows, expires_at)
  values ($1, $2, $3, $4, $5, $6, clock_timestamp() + make_interval(secs => $7)) returning ${columns}`;

/**
 * Takes one approval that fits and nobody used, in one statement, so that it counts once. The oldest first.
 * $1 action, $2 plan hash, $3 rows, $4 run
 */
export const useApprovalSql = `update towpath.approvals set used_at = clock_timestamp(), run_id = $4
  where id = (
    select id from towpath.approvals
    where action = $1 and plan_hash = $2 and used_at is null and expires_at > clock_timestamp()
      and ($3::bigint is null or max_rows is null or max_rows >= $3)
    order by created_at, id limit 1 for update
  ) and used_at is null returning ${columns}`;

/** $1 action, $2 plan hash */
export const findApprovalsSql = `select ${columns}, expires_at <= clock_timestamp() as expired from towpath.approvals
  where action = $1 and plan_hash = $2 order by created_at desc, id`;

/** $1 run, $2 plan hash; either may be null */
export const listApprovalsSql = `select ${columns} from towpath.approvals
  where ($1::text is null or run_id = $1) and ($2::text is null or plan_hash = $2) order by created_at desc, id`;
