/**
 * Foreign keys with both column lists, for the schemas of $1 (text[]).
 * Copies that the server makes for partitions (conparentid) are left out: the one on the parent says it all.
 */
export function foreignKeysSql(): string {
  return `
    select con.conrelid::int8::text as table_oid,
           con.conname::text as name,
           array(select a.attname::text
                   from unnest(con.conkey) with ordinality k(attnum, n)
                   join pg_catalog.pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.attnum
                  order by k.n) as columns,
           rn.nspname::text as references_schema,
           rc.relname::text as references_name,
           array(select a.attname::text
                   from unnest(con.confkey) with ordinality k(attnum, n)
                   join pg_catalog.pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.attnum
                  order by k.n) as references_columns,
           case con.confdeltype when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null'
                                when 'd' then 'set default' else 'no action' end as on_delete,
           con.convalidated as validated
      from pg_catalog.pg_constraint con
      join pg_catalog.pg_namespace n on n.oid = con.connamespace
      join pg_catalog.pg_class rc on rc.oid = con.confrelid
      join pg_catalog.pg_namespace rn on rn.oid = rc.relnamespace
     where n.nspname = any($1::text[]) and con.contype = 'f' and con.conparentid = 0
     order by con.conrelid, con.conname`;
}

export interface ForeignKeyRow {
  readonly table_oid: string;
  readonly name: string;
  readonly columns: string[];
  readonly references_schema: string;
  readonly references_name: string;
  readonly references_columns: string[];
  readonly on_delete: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
  readonly validated: boolean;
}
