/** What there is in a source, read from its own catalogs. */

const ours = `n.nspname !~ '^(pg_|information_schema$)'
  and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')`;

export const tablesSql = `
select n.nspname as schema, c.relname as table,
       array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
       array(select case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) else format_type(t.oid, a.atttypmod) end
               from pg_attribute a join pg_type t on t.oid = a.atttypid
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as types
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and ${ours}`;

export const declaredSql = `
select n.nspname as schema, c.relname as table, pn.nspname as "parentSchema", p.relname as "parentTable",
       array(select a.attname::text from unnest(k.conkey) with ordinality u(no, place)
               join pg_attribute a on a.attrelid = c.oid and a.attnum = u.no order by u.place) as columns
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace
 where k.contype = 'f' and k.conparentid = 0 and not c.relispartition`;
