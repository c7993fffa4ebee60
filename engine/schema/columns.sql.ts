/**
 * Columns with their exact types, for the schemas of $1 (text[]).
 * Domains are followed to the end. Generated columns exist from 12 on, computed when read from 18 on; a rule "not null"
 * that nobody checked the old rows for (from 18) promises nothing.
 */
export function columnsSql(versionNum: number): string {
  const generation = versionNum >= 120000 ? 'a.attgenerated::text' : `''`;
  const promised =
    versionNum >= 180000
      ? `a.attnotnull and not exists (
            select from pg_catalog.pg_constraint nn
             where nn.conrelid = a.attrelid and nn.contype = 'n' and not nn.convalidated and nn.conkey = array[a.attnum])`
      : 'a.attnotnull';
  return `
    with recursive step(domain, base, typmod) as (
      select t.oid, t.typbasetype, t.typtypmod from pg_catalog.pg_type t where t.typtype = 'd'
      union all
      select s.domain, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else s.typmod end
        from step s join pg_catalog.pg_type t on t.oid = s.base and t.typtype = 'd'),
    under as (
      select s.domain, s.base, s.typmod
        from step s join pg_catalog.pg_type t on t.oid = s.base where t.typtype <> 'd')
    select c.oid::int8::text as table_oid,
           a.attname::text as name,
           a.attnum::int as position,
           not (${promised}) as nullable,
           pg_catalog.pg_get_expr(d.adbin, d.adrelid) as default,
           a.attidentity::text as identity,
           ${generation} as generation,
           not a.attislocal as inherited,
           pg_catalog.col_description(c.oid, a.attnum) as comment,
           pg_catalog.format_type(a.atttypid, a.atttypmod) as type_sql,
           t.typname::text as type_name,
           tn.nspname::text as type_schema,
           t.oid::int8 as type_oid,
           t.typtype::text as type_type,
           case when t.typtype = 'd' then b.typname::text when e.typarray = t.oid then e.typname::text end as type_of,
           case when t.typtype = 'd' then bn.nspname::text end as base_schema,
           b.typtype::text as base_type,
           b.typname::text as base_name,
           pg_catalog.format_type(b.oid, coalesce(u.typmod, a.atttypmod)) as base_sql,
           case when ee.oid is not null then en.nspname::text end as element_schema,
           ee.typtype::text as element_type,
           ee.typname::text as element_name,
           pg_catalog.format_type(ee.oid, coalesce(eu.typmod, u.typmod, a.atttypmod)) as element_sql,
           e.typarray = b.oid as is_array,
           eee.typarray = ee.oid as element_is_array,
           case when t.typtype = 'd' then u.typmod else a.atttypmod end as typmod,
           case when a.attcollation <> t.typcollation then co.collname::text end as collation
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_catalog.pg_type t on t.oid = a.atttypid
      join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
      left join under u on u.domain = t.oid
      join pg_catalog.pg_type b on b.oid = coalesce(u.base, t.oid)
      join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace
      left join pg_catalog.pg_type e on e.oid = b.typelem and e.typarray = b.oid
      left join under eu on eu.domain = e.oid
      left join pg_catalog.pg_type ee on ee.oid = coalesce(eu.base, e.oid)
      left join pg_catalog.pg_namespace en on en.oid = ee.typnamespace
      left join pg_catalog.pg_type eee on eee.oid = ee.typelem
      left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      left join pg_catalog.pg_collation co on co.oid = a.attcollation
     where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'f', 'v', 'm')
     order by c.oid, a.attnum`;
}

export interface ColumnRow {
  readonly table_oid: string;
  readonly name: string;
  readonly position: number;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly identity: '' | 'a' | 'd';
  readonly generation: '' | 's' | 'v';
  readonly inherited: boolean;
  readonly comment: string | null;
  readonly type_sql: string;
  readonly type_name: string;
  readonly type_schema: string;
  readonly type_oid: string;
  readonly type_type: string;
  /** Name of the type under a domain, or of an array's items. */
  readonly type_of: string | null;
  /** Null but for a domain. */
  readonly base_schema: string | null;
  readonly base_type: string;
  readonly base_name: string;
  readonly base_sql: string;
  readonly element_schema: string | null;
  readonly element_type: string | null;
  readonly element_name: string | null;
  readonly element_sql: string | null;
  readonly is_array: boolean | null;
  readonly element_is_array: boolean | null;
  readonly typmod: number;
  readonly collation: string | null;
}
