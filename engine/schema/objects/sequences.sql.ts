/** Counters in the schemas of $1 (text[]). The last number is asked only where that is allowed and cannot fail. */
export function sequencesSql(): string {
  return `
    select n.nspname::text as schema,
           c.relname::text as name,
           pg_catalog.format_type(s.seqtypid, null) as type,
           s.seqstart::text as start,
           s.seqincrement::text as increment,
           s.seqcycle as cycle,
           case when c.relpersistence = 'p' and has_sequence_privilege(c.oid, 'select, usage')
                then pg_catalog.pg_sequence_last_value(c.oid)::text end as last_value,
           tn.nspname::text as owner_schema,
           t.relname::text as owner_table,
           a.attname::text as owner_column,
           d.deptype = 'i' as identity
      from pg_catalog.pg_sequence s
      join pg_catalog.pg_class c on c.oid = s.seqrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
                                      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i')
                                      and d.refobjsubid > 0
      left join pg_catalog.pg_class t on t.oid = d.refobjid
      left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
      left join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
     where n.nspname = any($1::text[])
     order by 1, 2`;
}

export interface SequenceRow {
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly cycle: boolean;
  readonly last_value: string | null;
  readonly owner_schema: string | null;
  readonly owner_table: string | null;
  readonly owner_column: string | null;
  readonly identity: boolean | null;
}
