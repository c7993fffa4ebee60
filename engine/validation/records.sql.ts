/** Statements over the ledger, for all runs of one migration that were not rolled back. */
import { quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';

/** `$1` migration, `$2` entity. */
export function setAsideKeysSql(pairs: TableName): string {
  return `
    select distinct q.legacy_id as key
    from towpath.quarantined_rows q
    join towpath.migration_control c on c.run_id = q.run_id
    where c.migration = $1 and c.state <> 'rolled-back' and q.entity = $2 and q.state = 'held'
      and not exists (select 1 from ${quoteTable(pairs)} m where m.legacy_id = q.legacy_id)`;
}

/** `$1` migration, `$2` entity, `$3` column of the target. */
export const repairedKeysSql = `
    select distinct r.legacy_id as key
    from towpath.repaired_rows r
    join towpath.migration_control c on c.run_id = r.run_id
    where c.migration = $1 and c.state <> 'rolled-back' and r.entity = $2 and r.column_name = $3`;

/** Rows that the target held before and that nothing was written to. */
export function leftAsTheyWereSql(pairs: TableName): string {
  return `select legacy_id as key from ${quoteTable(pairs)} where merged = 'kept'`;
}

/** Ids of rows that the target held before and that got the old system's values. */
export function updatedIdsSql(pairs: TableName): string {
  return `select new_id::text as key from ${quoteTable(pairs)} where merged = 'updated'`;
}

/** Rows that are the same record as another and have no row of their own. */
export function duplicateKeysSql(pairs: TableName): string {
  return `select legacy_id as key from ${quoteTable(pairs)} where merged = 'duplicate'`;
}

/** What the last run that touched the entity did with it. `$1` migration, `$2` entity. */
export const lastStateSql = `
    select s.state from towpath.entity_migration_status s
    join towpath.migration_control c on c.run_id = s.run_id
    where c.migration = $1 and s.entity = $2 and s.state not in ('pending', 'skipped')
    order by coalesce(s.finished_at, s.started_at) desc nulls last limit 1`;

/** `$1` number of the entity, `$2` legacy key, `$3` new id. */
export function restorePairSql(pairs: TableName): string {
  return `insert into ${quoteTable(pairs)} (entity_no, legacy_id, new_id, batch_id)
    select $1::smallint, $2::text, $3::uuid, 0
    where not exists (select 1 from ${quoteTable(pairs)} where legacy_id = $2::text)`;
}
