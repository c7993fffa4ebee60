/** Check constraints of tables in the schemas of $1 (text[]), with the columns they read. */
export function checksSql(): string {
  return `
    select con.conrelid::int8::text as table_oid,
           con.conname::text as name,
           pg_catalog.pg_get_constraintdef(con.oid) as definition,
           array(select a.attname::text
                   from unnest(con.conkey) with ordinality k(attnum, n)
                   join pg_catalog.pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.attnum
                  order by k.n) as columns
      from pg_catalog.pg_constraint con
      join pg_catalog.pg_namespace n on n.oid = con.connamespace
     where n.nspname = any($1::text[]) and con.contype = 'c' and con.conrelid <> 0
     order by con.conrelid, con.conname`;
}

export interface CheckRow {
  readonly table_oid: string;
  readonly name: string;
  readonly definition: string;
  readonly columns: string[];
}
