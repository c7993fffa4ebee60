/** The shape of the control schema, one query a kind. Partitions of mapping_pairs are data, not shape. */

const relations = `select oid, relname, relkind from pg_class
  where relnamespace = to_regnamespace('towpath') and not relispartition and relkind in ('r', 'p', 'v')`;

export const relationsSql = `select relname as name,
    case relkind when 'v' then 'view' when 'p' then 'partitioned table' else 'table' end as kind
  from (${relations}) as relation order by relname`;

export const columnsSql = `select relname as relation, attname as name, format_type(atttypid, atttypmod) as type,
    attnotnull as "notNull", attidentity::text as identity, pg_get_expr(adbin, adrelid) as "default",
    case when attcollation <> typcollation then collname::text end as collation
  from (${relations}) as relation
  join pg_attribute on attrelid = relation.oid and attnum > 0 and not attisdropped
  join pg_type on pg_type.oid = atttypid
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  left join pg_collation on pg_collation.oid = attcollation
  order by relname, attnum`;

/** Not-null constraints have rows of their own from version 18 on; columns tell of them on all. */
export const constraintsSql = `select relname as relation, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
  from (${relations}) as relation join pg_constraint on conrelid = relation.oid and contype <> 'n'
  order by relname, conname`;

export const indexesSql = `select relname as relation, pg_get_indexdef(indexrelid) as definition
  from (${relations}) as relation join pg_index on indrelid = relation.oid
  order by relname, pg_get_indexdef(indexrelid) collate "C"`;
