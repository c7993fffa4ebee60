/** Primary keys and unique constraints with the positions of their columns in key order, for the schemas of $1 (text[]). */
export function keysSql(versionNum: number): string {
  const notDistinct =
    versionNum >= 150000
      ? '(select i.indnullsnotdistinct from pg_catalog.pg_index i where i.indexrelid = con.conindid)'
      : 'false';
  return `
    select con.conrelid::int8::text as table_oid,
           con.conname::text as name,
           con.contype = 'p' as primary,
           con.condeferrable as deferrable,
           ${notDistinct} as nulls_not_distinct,
           ${versionNum >= 180000 ? 'con.conperiod' : 'false'} as without_overlaps,
           con.conkey as positions
      from pg_catalog.pg_constraint con
      join pg_catalog.pg_namespace n on n.oid = con.connamespace
     where n.nspname = any($1::text[]) and con.contype in ('p', 'u') and con.conrelid <> 0
     order by con.conrelid, con.conname`;
}

export interface KeyRow {
  readonly table_oid: string;
  readonly name: string;
  readonly primary: boolean;
  readonly deferrable: boolean;
  readonly nulls_not_distinct: boolean | null;
  readonly without_overlaps: boolean;
  readonly positions: number[];
}
