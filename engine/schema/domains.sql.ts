/** Domains in the schemas of $1 (text[]) with the checks that their values must meet. */
export function domainsSql(): string {
  return `
    select n.nspname::text as schema,
           t.typname::text as name,
           pg_catalog.format_type(t.typbasetype, t.typtypmod) as base_type,
           t.typnotnull as not_null,
           array(select pg_catalog.pg_get_constraintdef(con.oid)
                   from pg_catalog.pg_constraint con
                  where con.contypid = t.oid and con.contype = 'c' order by con.conname) as checks
      from pg_catalog.pg_type t
      join pg_catalog.pg_namespace n on n.oid = t.typnamespace
     where n.nspname = any($1::text[]) and t.typtype = 'd'
     order by 1, 2`;
}

export interface DomainRow {
  readonly schema: string;
  readonly name: string;
  readonly base_type: string;
  readonly not_null: boolean;
  readonly checks: string[];
}
