/** $1: names. Those there are, in order. */
export const schemasThereSql =
  'select nspname::text as name from pg_namespace where nspname = any($1::text[]) order by nspname collate "C"';
