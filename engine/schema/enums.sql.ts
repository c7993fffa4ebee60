/** Enum types in the schemas of $1 (text[]), labels in their own order. */
export function enumsSql(): string {
  return `
    select n.nspname::text as schema,
           t.typname::text as name,
           array_agg(e.enumlabel::text order by e.enumsortorder) as labels
      from pg_catalog.pg_type t
      join pg_catalog.pg_namespace n on n.oid = t.typnamespace
      join pg_catalog.pg_enum e on e.enumtypid = t.oid
     where n.nspname = any($1::text[])
     group by 1, 2
     order by 1, 2`;
}

export interface EnumRow {
  readonly schema: string;
  readonly name: string;
  readonly labels: string[];
}
