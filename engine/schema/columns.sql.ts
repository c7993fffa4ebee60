/**
 * Columns, for the schemas of $1 (text[]); what their types are is told once per type (column-types.sql.ts).
 * Generated columns exist from 12 on, computed when read from 18 on; a rule "not null" that nobody checked the old rows
 * for (from 18) promises nothing.
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
    select c.oid::int8::text as table_oid,
           a.attname::text as name,
           a.attnum::int as position,
           not (${promised}) as nullable,
           pg_catalog.pg_get_expr(d.adbin, d.adrelid) as default,
           a.attidentity::text as identity,
           ${generation} as generation,
           not a.attislocal as inherited,
           e.description as comment,
           pg_catalog.format_type(a.atttypid, a.atttypmod) as type_sql,
           a.atttypid::int8::text as type_oid,
           a.atttypmod as typmod,
           case when a.attcollation <> t.typcollation then co.collname::text end as collation
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      left join pg_catalog.pg_description e on e.objoid = c.oid and e.objsubid = a.attnum
                                           and e.classoid = 'pg_catalog.pg_class'::regclass
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
  readonly type_oid: string;
  readonly typmod: number;
  readonly collation: string | null;
}
