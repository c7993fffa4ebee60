/** What a row generator has to know of a database, read on its own: the engine's introspection is what gets tested by it. */

const ours = `n.nspname !~ '^(pg_|information_schema$)'
  and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')`;

/** Partitions are reached through the table that is split. */
export const tablesSql = `
select c.oid::int8::text as id, n.nspname as schema, c.relname as name, c.relkind as kind,
       (select coalesce(json_agg(json_build_object(
           'name', a.attname, 'type', a.atttypid::int8::text, 'modifier', a.atttypmod, 'required', a.attnotnull,
           'generated', a.attgenerated <> '') order by a.attnum), '[]')
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(json_agg(json_build_object('definition', pg_get_constraintdef(k.oid))), '[]')
          from pg_constraint k where k.conrelid = c.oid and k.contype = 'c') as checks,
       (select coalesce(json_agg(json_build_object(
           'definition', pg_get_indexdef(i.indexrelid),
           'columns', case when 0 = any (i.indkey::int2[]) or i.indpred is not null then null else
             (select json_agg(a.attname) from unnest(i.indkey::int2[]) with ordinality u(n, p)
                join pg_attribute a on a.attrelid = c.oid and a.attnum = u.n where u.p <= i.indnkeyatts) end)), '[]')
          from pg_index i where i.indrelid = c.oid and i.indisunique) as uniques,
       (select coalesce(json_agg(json_build_object(
           'parent', k.confrelid::int8::text,
           'columns', (select json_agg(a.attname order by u.p) from unnest(k.conkey) with ordinality u(n, p)
                         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
           'parentColumns', (select json_agg(a.attname order by u.p) from unnest(k.confkey) with ordinality u(n, p)
                         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n)) order by k.conname), '[]')
          from pg_constraint k where k.conrelid = c.oid and k.contype = 'f') as references,
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as "partitionKey",
       case when c.relkind = 'p' then
         (select coalesce(json_agg(pg_get_expr(p.relpartbound, p.oid) order by p.relname), '[]')
            from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = c.oid and p.relkind = 'r') end as bounds
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition and ${ours}
 order by n.nspname, c.relname`;

export const typesSql = `
select t.oid::int8::text as id, t.typname as name, t.typtype as kind, t.typelem::int8::text as element,
       t.typcategory = 'A' and t.typelem <> 0 as array,
       t.typbasetype::int8::text as base, t.typtypmod as modifier, t.typnotnull as required,
       r.rngsubtype::int8::text as bound,
       case when t.typtype = 'e' then
         (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) end as labels,
       case when t.typtype = 'd' then
         (select coalesce(json_agg(pg_get_constraintdef(k.oid)), '[]') from pg_constraint k where k.contypid = t.oid) end as checks,
       case when t.typtype = 'c' then
         (select json_agg(json_build_object('name', a.attname, 'type', a.atttypid::int8::text, 'modifier', a.atttypmod) order by a.attnum)
            from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) end as fields
  from pg_type t left join pg_range r on r.rngtypid = t.oid
 where t.typtype <> 'c' or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')`;
