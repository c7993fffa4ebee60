/** Every type that a column in the schemas of $1 (text[]) has, and what it is made of; domains are followed to the end. */
export function columnTypesSql(): string {
  return `
    with recursive step(domain, base, typmod) as (
      select t.oid, t.typbasetype, t.typtypmod from pg_catalog.pg_type t where t.typtype = 'd'
      union all
      select s.domain, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else s.typmod end
        from step s join pg_catalog.pg_type t on t.oid = s.base and t.typtype = 'd'),
    under as (
      select s.domain, s.base, s.typmod
        from step s join pg_catalog.pg_type t on t.oid = s.base where t.typtype <> 'd'),
    used as (
      select distinct a.atttypid as oid
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'f', 'v', 'm'))
    select t.oid::int8::text as oid,
           t.typname::text as name,
           tn.nspname::text as schema,
           t.typtype::text as type,
           case when t.typtype = 'd' then u.typmod else -1 end as domain_typmod,
           b.typname::text as base_name,
           bn.nspname::text as base_schema,
           b.typtype::text as base_type,
           pg_catalog.format_type(b.oid, u.typmod) as base_sql,
           e.oid is not null as is_array,
           e.typname::text as item_name,
           ee.typname::text as element_name,
           en.nspname::text as element_schema,
           ee.typtype::text as element_type,
           case when eu.domain is not null then pg_catalog.format_type(ee.oid, eu.typmod) end as element_domain_sql,
           eee.oid is not null as element_is_array
      from used
      join pg_catalog.pg_type t on t.oid = used.oid
      join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
      left join under u on u.domain = t.oid
      join pg_catalog.pg_type b on b.oid = coalesce(u.base, t.oid)
      join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace
      left join pg_catalog.pg_type e on e.oid = b.typelem and e.typarray = b.oid
      left join under eu on eu.domain = e.oid
      left join pg_catalog.pg_type ee on ee.oid = coalesce(eu.base, e.oid)
      left join pg_catalog.pg_namespace en on en.oid = ee.typnamespace
      left join pg_catalog.pg_type eee on eee.oid = ee.typelem and eee.typarray = ee.oid`;
}

export interface ColumnTypeRow {
  readonly oid: string;
  readonly name: string;
  readonly schema: string;
  readonly type: string;
  /** Modifier that a domain gives the type under it, or -1. */
  readonly domain_typmod: number;
  /** The type itself, but for a domain. */
  readonly base_name: string;
  readonly base_schema: string;
  readonly base_type: string;
  readonly base_sql: string;
  readonly is_array: boolean;
  /** What an array names as its items: a domain where it is one. */
  readonly item_name: string | null;
  readonly element_name: string | null;
  readonly element_schema: string | null;
  readonly element_type: string | null;
  /** Null where the items are no domain. */
  readonly element_domain_sql: string | null;
  readonly element_is_array: boolean;
}
