/**
 * Columns with their exact types, for the schemas of $1 (text[]).
 * Generated columns exist from 12 on; a domain over a domain is followed twice, which is as deep as people go.
 */
export function columnsSql(versionNum: number): string {
  const generated = versionNum >= 120000 ? `a.attgenerated <> ''` : 'false';
  return `
    select c.oid::int8::text as table_oid,
           a.attname::text as name,
           a.attnum::int as position,
           not a.attnotnull as nullable,
           pg_catalog.pg_get_expr(d.adbin, d.adrelid) as default,
           a.attidentity <> '' as identity,
           ${generated} as generated,
           pg_catalog.col_description(c.oid, a.attnum) as comment,
           pg_catalog.format_type(a.atttypid, a.atttypmod) as type_sql,
           t.typname::text as type_name,
           tn.nspname::text as type_schema,
           t.oid::int8::int as type_oid,
           t.typtype::text as type_type,
           t.typcategory::text as type_category,
           case when t.typcategory = 'A' and t.typelem <> 0 then e.typname::text
                when t.typtype = 'd' then coalesce(bb.typname, b.typname)::text end as type_of,
           case when t.typcategory = 'A' then e.typtype::text end as element_type,
           case when t.typtype = 'd' and b.typtype = 'd' then b.typtypmod
                when t.typtype = 'd' then t.typtypmod else a.atttypmod end as typmod,
           case when a.attcollation <> t.typcollation then co.collname::text end as collation
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_catalog.pg_type t on t.oid = a.atttypid
      join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
      left join pg_catalog.pg_type e on e.oid = t.typelem
      left join pg_catalog.pg_type b on t.typtype = 'd' and b.oid = t.typbasetype
      left join pg_catalog.pg_type bb on b.typtype = 'd' and bb.oid = b.typbasetype
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
  readonly identity: boolean;
  readonly generated: boolean;
  readonly comment: string | null;
  readonly type_sql: string;
  readonly type_name: string;
  readonly type_schema: string;
  readonly type_oid: number;
  readonly type_type: string;
  readonly type_category: string;
  readonly type_of: string | null;
  readonly element_type: string | null;
  readonly typmod: number;
  readonly collation: string | null;
}
