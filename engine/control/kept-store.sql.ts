import { quoteTable } from '../db/quote.ts';
import { partitionOf } from './mapping-store.sql.ts';

/** $1 number of the entity */
export const isMatchedSql =
  'select matched_at is not null as matched from towpath.entities where entity_no = $1';
export const markMatchedSql =
  'update towpath.entities set matched_at = clock_timestamp() where entity_no = $1';
export const unmarkMatchedSql = 'update towpath.entities set matched_at = null where entity_no = $1';
export const forgetKeptSql = 'delete from towpath.kept_ids where entity_no = $1';
export const countKeptSql = 'select count(*)::int as rows from towpath.kept_ids where entity_no = $1';

/** Number of the entity, old key, id and old key of the row that is moved for it; binary. */
export const copyDuplicatesSql =
  'copy towpath.kept_ids (entity_no, legacy_id, new_id, same_as) from stdin (format binary)';

/** Which row the others are the same record as, and whether a run wrote that one. $1 number of the entity, $2 old keys */
export function keptRowsSql(entityNo: number): string {
  return `select k.legacy_id as key, k.same_as as kept, exists (
      select 1 from ${quoteTable(partitionOf(entityNo))} m where m.legacy_id = k.same_as and m.merged is null) as "isThere"
    from towpath.kept_ids k where k.entity_no = $1 and k.same_as is not null and k.legacy_id = any($2::text[])`;
}

/** Old key as text and kept id, binary; the nil id where the row fits several. */
export function copyKeptSql(entityNo: number): string {
  return `copy (select legacy_id, coalesce(new_id, '00000000-0000-0000-0000-000000000000') from towpath.kept_ids
    where entity_no = ${Number(entityNo)}) to stdout (format binary)`;
}

/** $1 run, $2 entity, $3 batches or null for all of them */
export const forgetImagesSql = `delete from towpath.before_images
  where run_id = $1 and entity = $2 and ($3::int[] is null or batch_id = any($3::int[]))`;
