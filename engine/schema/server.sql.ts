/** Facts about the server and the moment of the analysis, one row. */
export function serverSql(): string {
  return `
    select current_database() as database,
           current_setting('server_version_num')::int as version_num,
           current_setting('server_encoding') as encoding,
           current_setting('TimeZone') as session_time_zone,
           coalesce((select split_part(s, '=', 2)
                       from pg_catalog.pg_db_role_setting r
                       join pg_catalog.pg_database d on d.oid = r.setdatabase
                      cross join unnest(r.setconfig) s
                      where d.datname = current_database() and r.setrole = 0 and s ilike 'timezone=%' limit 1),
                    (select reset_val from pg_catalog.pg_settings where name = 'TimeZone')) as time_zone,
           (select datcollate::text from pg_catalog.pg_database where datname = current_database()) as collation,
           to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as taken_at`;
}

export interface ServerRow {
  readonly database: string;
  readonly version_num: number;
  readonly encoding: string;
  readonly time_zone: string;
  readonly collation: string;
  readonly taken_at: string;
}

/** Every schema that is not the server's and may be looked into. */
export function schemasSql(): string {
  return `
    select n.nspname::text as name
      from pg_catalog.pg_namespace n
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and has_schema_privilege(n.oid, 'usage')
     order by 1`;
}
