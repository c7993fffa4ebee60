/** $1: names of schemas. */
export function createPrivilegesSql(): string {
  return `
    select has_database_privilege(current_database(), 'create') as database,
           has_database_privilege(current_database(), 'temporary') as temporary,
           (select json_agg(json_build_object(
                     'name', wanted.name,
                     'exists', n.oid is not null,
                     'create', coalesce(has_schema_privilege(n.oid, 'create') and has_schema_privilege(n.oid, 'usage'), false))
                   order by wanted.place)
              from unnest($1::text[]) with ordinality as wanted(name, place)
              left join pg_namespace n on n.nspname = wanted.name) as schemas`;
}

/** Of the tables $1 (schemas), $2 (names): those that exist and that this user may not write to. */
export function insertPrivilegesSql(): string {
  return `
    select n.nspname || '.' || c.relname as name
      from unnest($1::text[], $2::text[]) as wanted(schema, name)
      join pg_namespace n on n.nspname = wanted.schema
      join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
     where not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
                and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete'))`;
}
