/** Check and exclusion constraints of tables in the schemas of $1 (text[]), with the positions of the columns they read. */
export function checksSql(versionNum: number): string {
  return `
    select con.conrelid::int8::text as table_oid,
           con.conname::text as name,
           con.contype = 'x' as exclusion,
           pg_catalog.pg_get_constraintdef(con.oid) as definition,
           con.convalidated as validated,
           ${versionNum >= 180000 ? 'con.conenforced' : 'true'} as enforced,
           coalesce(con.conkey, '{}') as positions
      from pg_catalog.pg_constraint con
      join pg_catalog.pg_namespace n on n.oid = con.connamespace
     where n.nspname = any($1::text[]) and con.contype in ('c', 'x') and con.conrelid <> 0
     order by con.conrelid, con.conname`;
}

export interface CheckRow {
  readonly table_oid: string;
  readonly name: string;
  readonly exclusion: boolean;
  readonly definition: string;
  readonly validated: boolean;
  readonly enforced: boolean;
  readonly positions: number[];
}
