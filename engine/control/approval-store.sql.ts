import { count, isoTime } from './columns.sql.ts';

/** What a person did not decide, or nobody used, in time is expired; the stored state stays as it was. */
const shownState = `case when state in ('requested', 'granted') and expires_at <= clock_timestamp() then 'expired' else state end`;

const columns = `id, action, ${shownState} as state, subject, basis, plan_hash as "planHash", coalesce(decided_by, '') as approver, reason,
  ${count('max_rows')} as "maxRows", ${isoTime('created_at')} as "createdAt", ${isoTime('expires_at')} as "expiresAt",
  ${isoTime('used_at')} as "usedAt", coalesce(run_id, for_run) as "runId", part_of as "partOf", card,
  source_fingerprint as "sourceFingerprint", target_fingerprint as "targetFingerprint", requested_by as "requestedBy",
  ${isoTime('decided_at')} as "decidedAt"`;

/** Requests of one wish at the same moment become one card. */
export const lockRequestsSql = `select pg_advisory_xact_lock(hashtext('towpath.approvals'), 0)`;

/** $9 seconds it holds, $13 who asks, $14 who grants it at once: null for a request */
export const addApprovalSql = `insert into towpath.approvals (id, action, subject, basis, plan_hash, for_run, part_of, max_rows,
    expires_at, card, source_fingerprint, target_fingerprint, requested_by, decided_by, decided_at, state, reason)
  values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + make_interval(secs => $9), $10::jsonb, $11, $12, $13, $14,
    case when $14::text is not null then clock_timestamp() end,
    case when $14::text is null then 'requested' else 'granted' end, $15)
  returning ${columns}`;

/** Of one wish. $1 action, $2 plan hash, $3 subject, $4 run */
const ofWish = 'action = $1 and plan_hash = $2 and subject = $3 and (for_run is null or for_run = $4)';

/** As things are now. $5 rows, $6 source, $7 target, $8 basis */
const fits = `($5::bigint is null or max_rows is null or max_rows >= $5) and source_fingerprint is not distinct from $6::text
  and target_fingerprint is not distinct from $7::text and basis is not distinct from $8::text`;

const usable = `state = 'granted' and expires_at > clock_timestamp()`;

/**
 * Takes one approval that fits and nobody used, in one statement, so that it counts once. One for this very run first,
 * then the oldest.
 * $1 to $8 as above, $9 the run that uses it
 */
export const useApprovalSql = `update towpath.approvals set state = 'used', used_at = clock_timestamp(), run_id = $9
  where id = (
    select id from towpath.approvals where ${ofWish} and ${usable} and ${fits}
    order by for_run is null, decided_at, id limit 1 for update
  ) and state = 'granted' returning ${columns}`;

/** Newest first, with whether each would do. $1 to $8 as above */
export const approvalsOfWishSql = `select ${columns}, ${fits} as fits from towpath.approvals where ${ofWish}
  order by created_at desc, id`;

/** $1 approval, $2 its run. What was given in parts is used with the first of them. */
export const useWholeSql = `update towpath.approvals set state = 'used', used_at = clock_timestamp(), run_id = $2
  where id = $1 and state = 'granted'`;

/** $1 approval, $2 new state, $3 who, $4 reason, $5 seconds it holds from now on, or null */
export const decideApprovalSql = `update towpath.approvals set state = $2, decided_by = $3, decided_at = clock_timestamp(),
    reason = $4, expires_at = case when $5::float8 is null then expires_at else clock_timestamp() + make_interval(secs => $5) end
  where id = $1 and state = 'requested' and expires_at > clock_timestamp() returning ${columns}`;

/** Requests that no longer fit are over. $1 approvals */
export const closeRequestsSql = `update towpath.approvals set expires_at = clock_timestamp()
  where id = any($1::text[]) and state = 'requested' and expires_at > clock_timestamp()`;

export const getApprovalSql = `select ${columns} from towpath.approvals where id = $1`;

/** $1 states */
export const listCardsSql = `select * from (select ${columns} from towpath.approvals where card is not null) as cards
  where $1::text[] is null or state = any($1) order by "createdAt" desc, id`;

/**
 * Each yes that something was done with; for the rows at a gate that of each entity, so not the one they were given with.
 * $1 run that used it, $2 plan hash; either may be null
 */
export const listApprovalsSql = `select ${columns} from towpath.approvals
  where ($1::text is null or run_id = $1) and ($2::text is null or plan_hash = $2) and state = 'used'
    and id not in (select part_of from towpath.approvals where part_of is not null)
  order by created_at desc, id`;
