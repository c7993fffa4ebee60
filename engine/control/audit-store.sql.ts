/** One writer at a time: each entry carries the hash of the one before. */
export const lockAuditSql = `select pg_advisory_xact_lock(hashtext('towpath.audit_log'), 0)`;

export const lastAuditSql = 'select seq, hash from towpath.audit_log order by seq desc limit 1';

/** The time is kept to the millisecond and hashed as text, since that is what verify reads back. */
export const addAuditSql = `insert into towpath.audit_log (at, actor, action, details, previous_hash, hash)
  values ($1::timestamptz, $2, $3, $4::jsonb, $5, $6) returning seq`;

const columns = `seq, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor, action, details,
    previous_hash as "previousHash", hash`;

/** $1 limit; newest first */
export const latestAuditSql = `select ${columns} from towpath.audit_log order by seq desc limit $1`;

/** `exact`: the time has no part that its hash does not cover. $1 behind this number, $2 limit */
export const pageAuditSql = `select ${columns}, at = date_trunc('milliseconds', at) as exact
  from towpath.audit_log where seq > $1::bigint order by seq limit $2`;

/**
 * Triggers that refuse changes and fire whatever the session's role says: as they were made, for every row and every kind of
 * change, and with functions that still say what they said then. `tgtype`: 58 is before update, delete or truncate, for the
 * statement; 7 before insert, for each row (pg_trigger.h). $1 and $2 bodies of the two functions
 */
export const guardsSql = `select count(*)::int as guards
  from (values ('audit_log_append_only', 58, $1::text), ('audit_log_in_order', 7, $2::text)) as made(name, type, body)
  join pg_trigger t on t.tgname = made.name and t.tgtype = made.type
  join pg_proc p on p.oid = t.tgfoid and p.prosrc = made.body
  where t.tgrelid = to_regclass('towpath.audit_log') and t.tgenabled = 'A' and t.tgqual is null
    and cardinality(t.tgattr::int2[]) = 0 and p.proconfig = array['search_path=pg_catalog']`;
