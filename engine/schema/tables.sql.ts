/** Everything with rows in the schemas of $1 (text[]), views included. */
export function tablesSql(): string {
  return `
    select c.oid::int8::text as oid,
           n.nspname::text as schema,
           c.relname::text as name,
           case when c.relispartition then 'partition'
                else case c.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'f' then 'foreign'
                                    when 'v' then 'view' else 'materialized-view' end end as kind,
           obj_description(c.oid, 'pg_class') as comment,
           c.reltuples::float8 as reltuples,
           c.relpages as relpages,
           case when c.relkind in ('r', 'm') then pg_catalog.pg_relation_size(c.oid) else 0 end::float8 as heap_bytes,
           case when c.relkind in ('r', 'm') then pg_catalog.pg_table_size(c.oid) else 0 end::float8 as bytes,
           c.relrowsecurity as row_security,
           has_table_privilege(c.oid, 'select') as readable,
           (select i.inhparent::int8::text from pg_catalog.pg_inherits i where i.inhrelid = c.oid limit 1) as parent_oid,
           (select e.extname::text
              from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
             where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
               and d.refclassid = 'pg_catalog.pg_extension'::regclass and d.deptype = 'e' limit 1) as extension
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'f', 'v', 'm')
     order by n.nspname, c.relname`;
}

export interface TableRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned' | 'partition' | 'foreign' | 'view' | 'materialized-view';
  readonly comment: string | null;
  /** Minus one (from 14) or zero with no pages (before): the server has never counted. */
  readonly reltuples: number;
  readonly relpages: number;
  readonly heap_bytes: number;
  readonly bytes: number;
  readonly row_security: boolean;
  readonly readable: boolean;
  readonly parent_oid: string | null;
  readonly extension: string | null;
}
