/** Rows whose link was left empty because its record was not there. $1 run, $2 entity, $3 column, $4 old keys or null for any */
export const lostLinksSql = `select distinct legacy_id as key from towpath.repaired_rows
  where run_id = $1 and entity = $2 and column_name = $3 and rule = 'orphan-reference'
    and ($4::text[] is null or original = any($4)) order by 1`;
