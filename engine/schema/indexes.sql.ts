/** Indexes that are not a constraint's own, for tables in the schemas of $1 (text[]). One whose building failed keeps nothing unique. */
export function indexesSql(versionNum: number): string {
  return `
    select i.indrelid::int8::text as table_oid,
           ic.relname::text as name,
           case when i.indexprs is null then (i.indkey::int2[])[0:i.indnkeyatts - 1] end as positions,
           i.indisunique and i.indisvalid as unique,
           i.indpred is not null as partial,
           i.indisvalid as valid,
           ${versionNum >= 150000 ? 'i.indnullsnotdistinct' : 'false'} as nulls_not_distinct,
           am.amname::text as method,
           pg_catalog.pg_get_indexdef(i.indexrelid) as definition
      from pg_catalog.pg_index i
      join pg_catalog.pg_class ic on ic.oid = i.indexrelid
      join pg_catalog.pg_am am on am.oid = ic.relam
      join pg_catalog.pg_class c on c.oid = i.indrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'm')
       and not exists (select 1 from pg_catalog.pg_constraint con
                        where con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x'))
     order by i.indrelid, ic.relname`;
}

export interface IndexRow {
  readonly table_oid: string;
  readonly name: string;
  /** Null where it is over an expression. */
  readonly positions: number[] | null;
  readonly unique: boolean;
  readonly partial: boolean;
  readonly valid: boolean;
  readonly nulls_not_distinct: boolean;
  readonly method: string;
  readonly definition: string;
}
