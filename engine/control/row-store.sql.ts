import { quoteTable } from '../db/quote.ts';
import { isoTime } from './columns.sql.ts';
import { partitionOf } from './mapping-store.sql.ts';
import { heldColumns } from './quarantine-store.sql.ts';

/**
 * $1 legacy id, $2 new id or null. The new id has no index of its own: pairs are written once and read rarely, so
 * the partition is read through.
 */
export function findPairSql(entityNo: number): string {
  return `select pairs.legacy_id as "legacyId", pairs.new_id::text as "newId", pairs.batch_id as "batchId",
      batches.run_id as "runId", pairs.merged, case when pairs.merged = 'duplicate' then (
        select kept.same_as from towpath.kept_ids kept
        where kept.entity_no = pairs.entity_no and kept.legacy_id = pairs.legacy_id) end as "duplicateOf"
    from ${quoteTable(partitionOf(entityNo))} as pairs
    left join towpath.batch_processing_status as batches on batches.batch_id = pairs.batch_id
    where pairs.legacy_id = $1 or pairs.new_id = $2::uuid
    order by (pairs.legacy_id = $1) desc, (pairs.merged = 'duplicate') nulls first limit 1`;
}

const ofMigration = '(select run_id from towpath.migration_control where migration = $1)';

/** $1 migration, $2 entity, $3 legacy id; the newest. */
export const findHeldRowSql = `select ${heldColumns} from towpath.quarantined_rows
  where run_id in ${ofMigration} and entity = $2 and legacy_id = $3 and state = 'held' order by id desc limit 1`;

/** $1 migration, $2 entity, $3 legacy id */
export const findRepairsSql = `select column_name as "column", rule from towpath.repaired_rows
  where run_id in ${ofMigration} and entity = $2 and legacy_id = $3 order by created_at, column_name`;

/** $1 run, $2 entity, $3 legacy ids, $4 how, $5 approval, $6 plan hash */
export const noteRetriedSql = `insert into towpath.retried_rows (run_id, entity, legacy_id, how, approval_id, plan_hash)
  select $1, $2, key, $4, $5, $6 from unnest($3::text[]) as key`;

/** The newest that is younger than the row's batch. $1 run, $2 entity, $3 legacy id, $4 batch */
export const findRetriedSql = `select how, approval_id as "approvalId", plan_hash as "planHash", ${isoTime('at')} as at
  from towpath.retried_rows where run_id = $1 and entity = $2 and legacy_id = $3
    and at >= coalesce((select finished_at from towpath.batch_processing_status where batch_id = $4), '-infinity')
  order by at desc limit 1`;
