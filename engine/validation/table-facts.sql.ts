/** `$1` is the quoted name of the table. */
export const tableFactsSql = `
  select json_build_object(
    'notNull', coalesce((
      select json_agg(a.attname order by a.attnum) from pg_attribute a
      where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped and a.attnotnull
        and not exists (select 1 from pg_constraint n where n.conrelid = r.oid and n.contype = 'n'
          and not n.convalidated and n.conkey = array[a.attnum])), '[]'),
    'constraints', coalesce((
      select json_agg(json_build_object(
        'name', c.conname,
        'type', case c.contype when 'p' then 'primary' when 'u' then 'unique' when 'f' then 'foreign'
          when 'c' then 'check' else 'other' end,
        'columns', coalesce((select json_agg(a.attname order by k.n) from unnest(c.conkey) with ordinality k(attnum, n)
          join pg_attribute a on a.attrelid = r.oid and a.attnum = k.attnum), '[]'),
        'references', case when c.confrelid <> 0 then (
          select json_build_object('schema', s.nspname, 'name', p.relname)
          from pg_class p join pg_namespace s on s.oid = p.relnamespace where p.oid = c.confrelid) end,
        'referenced', coalesce((select json_agg(a.attname order by k.n) from unnest(c.confkey) with ordinality k(attnum, n)
          join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum), '[]'),
        'valid', c.convalidated and coalesce((select x.indisvalid from pg_index x where x.indexrelid = c.conindid), true)
      ) order by c.conname)
      from pg_constraint c where c.conrelid = r.oid), '[]'),
    'indexes', coalesce((
      select json_agg(json_build_object(
        'name', i.relname,
        'columns', (select json_agg(coalesce(a.attname, '') order by k.n)
          from unnest(x.indkey::int2[]) with ordinality k(attnum, n)
          left join pg_attribute a on a.attrelid = r.oid and a.attnum = k.attnum and k.attnum <> 0
          where k.n <= x.indnkeyatts),
        'unique', x.indisunique,
        'valid', x.indisvalid and x.indisready,
        'partial', x.indpred is not null
      ) order by i.relname)
      from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = r.oid), '[]'),
    'triggers', coalesce((
      select json_agg(t.tgname order by t.tgname) from pg_trigger t
      where t.tgrelid = r.oid and not t.tgisinternal and t.tgenabled in ('O', 'A')), '[]'),
    'analyzed', coalesce(pg_relation_size(r.oid) = 0 or exists (
      select 1 from pg_stats s join pg_namespace n on n.nspname = s.schemaname
      where n.oid = r.relnamespace and s.tablename = r.relname), true)
  ) as facts
  from pg_class r
  where r.oid = to_regclass($1)`;
