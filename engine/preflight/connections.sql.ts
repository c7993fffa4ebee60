/** Connections that this user could still open: on the server, by the user’s limit, by the database’s. */
export function freeConnectionsSql(): string {
  return `
    select (current_setting('max_connections')::int
            - case when r.rolsuper then 0 else current_setting('superuser_reserved_connections')::int
                                               + coalesce(current_setting('reserved_connections', true), '0')::int end
            - (select coalesce(sum(numbackends), 0) from pg_stat_database)::int) as server,
           case when r.rolconnlimit >= 0 and not r.rolsuper
                then r.rolconnlimit - (select count(*)::int from pg_stat_activity where usesysid = r.oid) end as role,
           case when d.datconnlimit >= 0 and not r.rolsuper
                then d.datconnlimit - (select numbackends from pg_stat_database s where s.datid = d.oid) end as database
      from pg_roles r, pg_database d
     where r.rolname = current_user and d.datname = current_database()`;
}
