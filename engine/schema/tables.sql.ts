/** Everything with rows in the schemas of $1 (text[]), views included. */
export function tablesSql(): string {
  return `
    select c.oid::int8::text as oid,
           n.nspname::text as schema,
           c.relname::text as name,
           case when c.relispartition then 'partition'
                else case c.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'f' then 'foreign'
                                    when 'v' then 'view' else 'materialized-view' end end as kind,
           (select e.description from pg_catalog.pg_description e
             where e.objoid = c.oid and e.objsubid = 0 and e.classoid = 'pg_catalog.pg_class'::regclass) as comment,
           c.reltuples::float8 as reltuples,
           c.relpages as relpages,
           case when c.relkind in ('r', 'm') then pg_catalog.pg_relation_size(c.oid) else 0 end::float8 as heap_bytes,
           case when c.relkind in ('r', 'm') then pg_catalog.pg_table_size(c.oid) else 0 end::float8 as bytes,
           c.relrowsecurity as row_security,
           c.relforcerowsecurity as row_security_forced,
           c.relpersistence = 'u' as unlogged,
           pg_catalog.pg_get_userbyid(c.relowner)::text as owner,
           has_table_privilege(c.oid, 'select') as readable,
           array(select i.inhparent::int8::text from pg_catalog.pg_inherits i
                  where i.inhrelid = c.oid order by i.inhseqno) as parent_oids,
           array(select array[pn.nspname::text, pc.relname::text]
                   from pg_catalog.pg_inherits i
                   join pg_catalog.pg_class pc on pc.oid = i.inhparent
                   join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
                  where i.inhrelid = c.oid order by i.inhseqno) as parents,
           case when c.relispartition then pg_catalog.pg_get_expr(c.relpartbound, c.oid) end as bound,
           (select p.partstrat::text from pg_catalog.pg_partitioned_table p where p.partrelid = c.oid) as strategy,
           case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end as partition_key,
           (select case when p.partexprs is null then
                     array(select a.attname::text
                             from unnest(p.partattrs::int2[]) with ordinality k(attnum, n)
                             join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                            order by k.n) end
              from pg_catalog.pg_partitioned_table p where p.partrelid = c.oid) as partition_columns,
           (select s.srvname::text from pg_catalog.pg_foreign_table f
              join pg_catalog.pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid) as foreign_server,
           (select w.fdwname::text from pg_catalog.pg_foreign_table f
              join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
              join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw where f.ftrelid = c.oid) as foreign_wrapper,
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
  readonly row_security_forced: boolean;
  readonly unlogged: boolean;
  readonly owner: string;
  readonly readable: boolean;
  readonly parent_oids: string[];
  /** Pairs of schema and name, in other schemas too. */
  readonly parents: (readonly [string, string])[];
  readonly bound: string | null;
  readonly strategy: 'r' | 'l' | 'h' | null;
  readonly partition_key: string | null;
  readonly partition_columns: string[] | null;
  readonly foreign_server: string | null;
  readonly foreign_wrapper: string | null;
  readonly extension: string | null;
}
