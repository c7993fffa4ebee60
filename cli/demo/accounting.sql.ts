/** What was planted, and what became of it. */

export const plantedSql = /* sql */ `
select legacy_table as "table", legacy_id as "legacyId", kind, expected, note
from sample.sample_defects order by legacy_table, legacy_id, kind`;

export const setAsideSql = /* sql */ `
select entity, legacy_id as "legacyId" from towpath.quarantined_rows where run_id = $1 and state = 'held'`;

export const repairedSql = /* sql */ `
select distinct entity, legacy_id as "legacyId" from towpath.repaired_rows where run_id = $1`;

/** $1 an entity, $2 its legacy keys: those that are in the target. */
export const movedSql = /* sql */ `
select legacy_id as "legacyId" from towpath.migration_mappings where entity = $1 and legacy_id = any($2)`;
