/** Extensions whose types stand in columns of the tables $1 (schemas), $2 (names); arrays and domains seen through. */
export function extensionTypesSql(): string {
  return `
    select distinct e.extname::text as extension, base.typname::text as type
      from unnest($1::text[], $2::text[]) as wanted(schema, name)
      join pg_namespace n on n.nspname = wanted.schema
      join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      join pg_type base on base.oid = case when t.typtype = 'd' then t.typbasetype
                                           when t.typcategory = 'A' then t.typelem else t.oid end
      join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = base.oid and d.deptype = 'e'
       and d.refclassid = 'pg_extension'::regclass
      join pg_extension e on e.oid = d.refobjid
     order by 1, 2`;
}

export function availableExtensionsSql(): string {
  return `select name::text as name, installed_version is not null as installed from pg_available_extensions`;
}
