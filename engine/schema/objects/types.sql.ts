/** Types that the schemas of $1 (text[]) define themselves, besides enums and domains. */

/** Types of rows that are no table's, field by field. */
export function compositesSql(): string {
  return `
    select n.nspname::text as schema,
           t.typname::text as name,
           coalesce(jsonb_agg(jsonb_build_object('name', a.attname::text,
                      'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                      'itemSchema', fn.nspname::text, 'itemName', f.typname::text)
                    order by a.attnum) filter (where a.attnum is not null), '[]') as fields
      from pg_catalog.pg_type t
      join pg_catalog.pg_namespace n on n.oid = t.typnamespace
      join pg_catalog.pg_class c on c.oid = t.typrelid and c.relkind = 'c'
      left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_catalog.pg_type l on l.oid = a.atttypid
      left join pg_catalog.pg_type i on i.oid = l.typelem and i.typarray = l.oid
      left join pg_catalog.pg_type f on f.oid = coalesce(i.oid, l.oid)
      left join pg_catalog.pg_namespace fn on fn.oid = f.typnamespace
     where n.nspname = any($1::text[])
     group by 1, 2
     order by 1, 2`;
}

export interface CompositeRow {
  readonly schema: string;
  readonly name: string;
  readonly fields: readonly CompositeField[];
}

export interface CompositeField {
  readonly name: string;
  readonly type: string;
  /** Name of the type, or of a list's items. */
  readonly itemSchema: string;
  readonly itemName: string;
}

export function rangesSql(versionNum: number): string {
  const multirange =
    versionNum >= 140000
      ? '(select m.typname::text from pg_catalog.pg_type m where m.oid = r.rngmultitypid)'
      : 'null::text';
  return `
    select n.nspname::text as schema,
           t.typname::text as name,
           pg_catalog.format_type(r.rngsubtype, null) as subtype,
           ${multirange} as multirange
      from pg_catalog.pg_range r
      join pg_catalog.pg_type t on t.oid = r.rngtypid
      join pg_catalog.pg_namespace n on n.oid = t.typnamespace
     where n.nspname = any($1::text[])
     order by 1, 2`;
}

export interface RangeRow {
  readonly schema: string;
  readonly name: string;
  readonly subtype: string;
  readonly multirange: string | null;
}
