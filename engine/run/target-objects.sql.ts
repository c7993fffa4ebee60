/** What is in the target already: asked before each statement that makes something, so that a repeated run makes it once. */

/** $1 schema, $2 table: columns with their types in order; no row where there is no such table. */
export const columnsOfTableSql = `select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

/** $1 quoted name of the table, $2 columns: those with a sequence of their own, which is given as SQL, and whether this user may read it. */
export const ownedSequencesSql = `select a.attname::text as column, n.nspname::text as schema, s.relname::text as name,
    has_sequence_privilege(s.oid, 'select') as readable
  from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
  join pg_namespace n on n.oid = s.relnamespace
  join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  where d.classid = 'pg_class'::regclass and d.refobjid = to_regclass($1) and d.deptype in ('a', 'i')
    and a.attname = any($2::text[])`;

/** $1 schema, $2 table, $3 name: a constraint of the table. */
export const constraintExistsSql = `select 1 from pg_constraint o
  join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and o.conname = $3`;

/** $1 schema, $2 table, $3 name: an index of the table that was built to its end. */
export const indexExistsSql = `select 1 from pg_index i
  join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class x on x.oid = i.indexrelid
  where n.nspname = $1 and c.relname = $2 and x.relname = $3 and i.indisvalid`;

/**
 * One builder of an object at a time. A server goes on building for a client that was killed; whoever resumes waits for it
 * here instead of building the same beside it. $1: name of the object
 */
export const lockObjectSql = `select pg_advisory_lock(hashtext('towpath.build'), hashtext($1))`;
export const unlockObjectSql = `select pg_advisory_unlock(hashtext('towpath.build'), hashtext($1))`;

/** $1 schema, $2 table, $3 name: true where the foreign key has been proved against the rows. */
export const constraintValidatedSql = `select o.convalidated as validated from pg_constraint o
  join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and o.conname = $3`;
