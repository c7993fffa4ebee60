import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import { count } from './columns.sql.ts';

/** The partition that holds an entity's pairs. */
export function partitionOf(entityNo: number): { readonly schema: string; readonly name: string } {
  return { schema: 'towpath', name: `mapping_pairs_${entityNo}` };
}

export const findEntitySql =
  'select entity_no as "entityNo" from towpath.entities where migration = $1 and entity = $2';

export const lockEntitiesSql = `select pg_advisory_xact_lock(hashtext('towpath.entities'), 0)`;

export const enterEntitySql = `insert into towpath.entities (migration, entity) values ($1, $2)
  on conflict (migration, entity) do nothing returning entity_no as "entityNo"`;

export function createPartitionSql(entityNo: number): string {
  return `create table if not exists ${quoteTable(partitionOf(entityNo))}
    partition of towpath.mapping_pairs for values in (${entityNo})`;
}

export function finishPartitionSql(entityNo: number): string {
  const partition = partitionOf(entityNo);
  const index = quoteIdentifier(`${partition.name}_legacy_id_key`);
  return `create unique index if not exists ${index} on ${quoteTable(partition)} (legacy_id)`;
}

export function analyzePartitionSql(entityNo: number): string {
  return `analyze ${quoteTable(partitionOf(entityNo))}`;
}

export function countPairsSql(entityNo: number): string {
  return `select ${count('count(*)')} as rows from ${quoteTable(partitionOf(entityNo))}`;
}

export function pairsOfBatchSql(entityNo: number): string {
  return `select legacy_id as "legacyId" from ${quoteTable(partitionOf(entityNo))} where batch_id = $1`;
}

export function countMergedSql(entityNo: number): string {
  return `select ${count("count(*) filter (where merged = 'kept')")} as kept,
    ${count("count(*) filter (where merged = 'updated')")} as updated,
    ${count("count(*) filter (where merged = 'duplicate')")} as duplicates,
    ${count("count(distinct new_id) filter (where merged = 'duplicate')")} as into from ${quoteTable(partitionOf(entityNo))}`;
}

/** True for pairs of rows that the run wrote: neither kept as the target had them nor led to another's row. */
export function wroteRow(alias: string): string {
  return `(${alias}.merged is null or ${alias}.merged = 'updated')`;
}

/** $1: legacy ids */
export function findPairsSql(entityNo: number): string {
  return `select legacy_id as "legacyId", new_id::text as "newId", batch_id as "batchId"
    from ${quoteTable(partitionOf(entityNo))} where legacy_id = any($1::text[])`;
}

/** The first few in the order of their keys. $1 how many */
export function someLegacyIdsSql(entityNo: number): string {
  return `select legacy_id as "legacyId" from ${quoteTable(partitionOf(entityNo))} order by legacy_id limit $1`;
}

/** The pairs that batches of this run wrote. $1 run, $2 entity */
export function deletePairsOfRunSql(entityNo: number): string {
  return `delete from ${quoteTable(partitionOf(entityNo))} where batch_id in (
    select batch_id from towpath.batch_processing_status where run_id = $1 and entity = $2)`;
}

export function truncatePairsSql(entityNo: number): string {
  return `truncate ${quoteTable(partitionOf(entityNo))}`;
}

export const listMappedEntitiesSql = `select entity_no as "entityNo", entity from towpath.entities
  where migration = $1 order by entity_no`;
