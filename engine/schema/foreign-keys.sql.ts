/**
 * Foreign keys with the positions of their columns on both sides, for the schemas of $1 (text[]).
 * Copies that the server makes for partitions (conparentid) are left out: the one on the parent says it all.
 */
export function foreignKeysSql(versionNum: number): string {
  const emptied =
    versionNum >= 150000
      ? `(select array_agg(a.attname::text order by a.attnum) from pg_catalog.pg_attribute a
           where a.attrelid = con.conrelid and a.attnum = any(con.confdelsetcols))`
      : 'null::text[]';
  const [enforced, period] = versionNum >= 180000 ? ['con.conenforced', 'con.conperiod'] : ['true', 'false'];
  return `
    select con.conrelid::int8::text as table_oid,
           con.conname::text as name,
           con.conkey as positions,
           rn.nspname::text as references_schema,
           rc.relname::text as references_name,
           con.confrelid::int8::text as references_oid,
           con.confkey as references_positions,
           case when rn.nspname <> all($1::text[]) then
             array(select a.attname::text
                   from unnest(con.confkey) with ordinality k(attnum, n)
                   join pg_catalog.pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.attnum
                  order by k.n) end as references_columns,
           ${action('con.confdeltype')} as on_delete,
           ${action('con.confupdtype')} as on_update,
           ${emptied} as on_delete_columns,
           case con.confmatchtype when 'f' then 'full' when 'p' then 'partial' else 'simple' end as match,
           case when con.condeferred then 'initially deferred'
                when con.condeferrable then 'initially immediate' end as deferrable,
           ${enforced} as enforced,
           ${period} as period,
           con.convalidated as validated
      from pg_catalog.pg_constraint con
      join pg_catalog.pg_namespace n on n.oid = con.connamespace
      join pg_catalog.pg_class rc on rc.oid = con.confrelid
      join pg_catalog.pg_namespace rn on rn.oid = rc.relnamespace
     where n.nspname = any($1::text[]) and con.contype = 'f' and con.conparentid = 0
     order by con.conrelid, con.conname`;
}

function action(code: string): string {
  return `case ${code} when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null'
               when 'd' then 'set default' else 'no action' end`;
}

type Action = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface ForeignKeyRow {
  readonly table_oid: string;
  readonly name: string;
  readonly positions: number[];
  readonly references_oid: string;
  readonly references_positions: number[];
  readonly references_schema: string;
  readonly references_name: string;
  /** Null where the parent is a table that was looked at. */
  readonly references_columns: string[] | null;
  readonly on_delete: Action;
  readonly on_update: Action;
  readonly on_delete_columns: string[] | null;
  readonly match: 'simple' | 'full' | 'partial';
  readonly deferrable: 'initially immediate' | 'initially deferred' | null;
  readonly enforced: boolean;
  readonly period: boolean;
  readonly validated: boolean;
}
