/** What stands beside the scratch schemas, as lines of name and fingerprint. */
import { quoteTable } from '../../db/quote.ts';

/** Schemas that are nobody's business here, by the name `n.nspname`. $1: pattern of scratch schemas */
const beside = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and n.nspname not like $1`;

/** Tables, views, sequences, functions, types, rules and rights, one line each. $1: pattern of scratch schemas */
export const structureSql = `
  select format('%s.%s', n.nspname, c.relname) as name, md5(concat_ws('|', c.relkind, c.relowner, c.relacl::text, c.relrowsecurity,
      c.reloptions::text, obj_description(c.oid, 'pg_class'),
      (select string_agg(concat_ws(':', attname, atttypid, atttypmod, attnotnull, attidentity, attgenerated, attacl::text), ','
         order by attnum) from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped),
      (select string_agg(conname || ' ' || pg_get_constraintdef(k.oid), ',' order by conname) from pg_constraint k where k.conrelid = c.oid),
      (select string_agg(pg_get_indexdef(i.indexrelid), ',' order by i.indexrelid) from pg_index i where i.indrelid = c.oid),
      (select string_agg(pg_get_triggerdef(t.oid), ',' order by tgname) from pg_trigger t where t.tgrelid = c.oid and not tgisinternal),
      (select string_agg(polname || coalesce(pg_get_expr(polqual, polrelid), ''), ',' order by polname)
         from pg_policy p where p.polrelid = c.oid))) as fingerprint
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${beside}
  union all
  select format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
      md5(concat_ws('|', p.prosrc, p.proowner, p.proacl::text, p.prorettype, p.proconfig::text))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${beside}
  union all
  select format('type %s.%s', n.nspname, t.typname), md5(concat_ws('|', t.typtype, t.typbasetype, t.typowner))
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typrelid = 0 and t.typelem = 0 and ${beside}
  union all
  select format('schema %s', n.nspname), md5(concat_ws('|', n.nspowner, n.nspacl::text)) from pg_namespace n where ${beside}
  union all
  select format('extension %s', extname), extversion from pg_extension
  order by 1`;

/** What the server and its roles are set to; a setting as it is without what a session asked for itself. */
export const settingsSql = `
  select format('setting %s', name) as name, md5(coalesce(reset_val, '')) as fingerprint from pg_settings
    where context <> 'internal' and name not in ('application_name', 'default_transaction_read_only')
  union all
  select format('setting of role %s in database %s', setrole, setdatabase), md5(setconfig::text) from pg_db_role_setting
  union all
  select format('role %s', rolname),
      md5(concat_ws('|', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit))
    from pg_roles
  union all
  select format('replication slot %s', slot_name), slot_type from pg_replication_slots
  order by 1`;

/** $1: pattern of scratch schemas */
export const tablesSql = `
  select n.nspname::text as schema, c.relname::text as name, pg_relation_size(c.oid)::float8 as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm') and ${beside}
    order by bytes, 1, 2`;

export function rowsSql(table: { readonly schema: string; readonly name: string }): string {
  return `select concat_ws(' ', count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric), 0)) as fingerprint
    from ${quoteTable(table)} t`;
}

/** What was written since the counters began. $1: schema, $2: table */
export const countersSql = `select concat_ws(' ', n_tup_ins, n_tup_upd, n_tup_del) as fingerprint from pg_stat_all_tables
  where schemaname = $1 and relname = $2`;

/** Connections of others to this database. */
export const othersSql = `select count(*)::float8 as others from pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
    and application_name not like 'towpath/%'`;
