/**
 * $1, $2: schemas and names of the tables wanted, or null for every table that is neither the server's nor Towpath's.
 * One row a table wanted, whether it exists or not.
 */
export function sourceTablesSql(): string {
  return `
    with found as (
      select c.oid, n.nspname::text as schema, c.relname::text as name, c.reltuples, c.relkind,
             c.relrowsecurity, n.oid as schema_oid
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'f', 'm', 'v')
         and n.nspname !~ '^(pg_|towpath)' and n.nspname <> 'information_schema'),
    wanted as (
      select schema, name from unnest($1::text[], $2::text[]) as given(schema, name)
      union
      select schema, name from found where $1 is null and relkind in ('r', 'p'))
    select wanted.schema, wanted.name,
           found.oid is not null as exists,
           coalesce(has_schema_privilege(found.schema_oid, 'usage'), false) as usage,
           coalesce(has_table_privilege(found.oid, 'select'), false) as readable,
           coalesce(found.relrowsecurity and row_security_active(found.oid), false) as policed,
           nullif(greatest(found.reltuples, stats.n_live_tup, 0), 0)::float8 as "estimatedRows",
           coalesce(case when found.relkind in ('r', 'm') then pg_total_relation_size(found.oid)
                         when found.relkind = 'p' then (select sum(pg_total_relation_size(i.inhrelid))
                                                          from pg_inherits i where i.inhparent = found.oid)
                    end, 0)::float8 as bytes
      from wanted
      left join found using (schema, name)
      left join pg_stat_all_tables stats on stats.relid = found.oid
     order by 1, 2`;
}
