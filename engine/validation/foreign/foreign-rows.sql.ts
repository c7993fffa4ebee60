/** Rows of a migrated table that somebody else wrote since the run began: changed, added, deleted. */
import { wroteRow } from '../../control/mapping-store.sql.ts';
import { foreignRowSql, sinceRunSql } from '../../control/transaction-store.sql.ts';
import { quoteTable } from '../../db/quote.ts';
import type { TableName } from '../../schema/catalog.ts';

/** One pass over the table, without its pairs: rows, and those among them that others wrote last. */
export function lookAtRowsSql(table: TableName): string {
  return `select count(*)::float8 as rows, (count(*) filter (where ${foreignRowSql('t')}))::float8 as foreign
    from ${quoteTable(table)} t`;
}

/** A row that is the same record as another has a pair of its own to the row of that one; it is counted once. */
const notDuplicate = `m.merged is distinct from 'duplicate'`;

/** Rows that are in the target by their pairs. */
export function countPairsSql(pairs: TableName): string {
  return `select count(*)::float8 as rows from ${quoteTable(pairs)} m where ${notDuplicate}`;
}

/** When the row was written, where the server keeps that (`track_commit_timestamp`). */
const writtenAt = `case when current_setting('track_commit_timestamp') = 'on'
    then to_char(pg_xact_commit_timestamp(t.xmin) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as at`;

/** Rows that the migration wrote and others changed. $1 at most */
export function changedRowsSql(table: TableName, pairs: TableName): string {
  return `select t.id::text as id, m.legacy_id as key, ${writtenAt}
    from ${quoteTable(pairs)} m join ${quoteTable(table)} t on t.id = m.new_id
    where ${wroteRow('m')} and ${foreignRowSql('t')} order by 2 limit $1`;
}

/** Rows that others added, or changed among their own. $1 at most; of a table that was there before $2 run, since which */
export function addedRowsSql(table: TableName, pairs: TableName, existing: boolean): string {
  return `select t.id::text as id, null as key, ${writtenAt} from ${quoteTable(table)} t
    where ${foreignRowSql('t')} ${existing ? `and ${sinceRunSql('$2')}` : 'and $2::text is not null'}
      and not exists (select from ${quoteTable(pairs)} m where m.new_id = t.id and ${wroteRow('m')})
    order by 1 limit $1`;
}

/** Rows that the migration brought, or found, and others deleted. $1 at most */
export function deletedRowsSql(table: TableName, pairs: TableName): string {
  return `select m.new_id::text as id, m.legacy_id as key, null as at from ${quoteTable(pairs)} m
    where ${notDuplicate} and not exists (select from ${quoteTable(table)} t where t.id = m.new_id) order by 2 limit $1`;
}

/** Whether any run of the migration wrote its transactions down in this very database. $1 migration */
export const knowsWritersSql = `select exists (select from towpath.run_transactions w
    join towpath.migration_control c on c.run_id = w.run_id
    where c.migration = $1 and w.xmin::text::bigint = w.xid % 4294967296) as known`;
