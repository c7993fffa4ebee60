/** Statements about an entity's mapping pairs. */
import { quoteIdentifier, quoteLiteral, quoteTable } from '../../db/quote.ts';
import type { TableName } from '../../schema/catalog.ts';

/** Pairs without a row, and rows without a pair (`key` is null then). */
/** `existing`: rows without a pair are others' then. */
export function unmatchedPairsSql(
  pairs: TableName,
  table: TableName,
  idColumn: string,
  existing: boolean,
): string {
  const id = `t.${quoteIdentifier(idColumn)}`;
  return `select m.legacy_id as key, coalesce(m.new_id, ${id})::text as id
    from ${quoteTable(pairs)} m ${existing ? 'left' : 'full'} join ${quoteTable(table)} t on ${id} = m.new_id
    where m.new_id is null or ${id} is null order by 1, 2 limit 1000`;
}

/**
 * Rows that are the same record as another and lead nowhere: without a pair though nobody set them aside, or with one whose
 * row was never written. $1 number of the entity, $2 keys set aside
 */
export function astrayDuplicatesSql(pairs: TableName): string {
  return `select k.legacy_id as key, m.legacy_id is not null as paired
    from towpath.kept_ids k
    left join ${quoteTable(pairs)} m on m.legacy_id = k.legacy_id and m.merged = 'duplicate'
    where k.entity_no = $1 and k.same_as is not null and k.legacy_id <> all($2::text[])
      and (m.legacy_id is null or not exists (
        select 1 from ${quoteTable(pairs)} o where o.new_id = m.new_id and o.merged is null))
    order by 1 limit 1000`;
}

export function repeatedPairsSql(pairs: TableName): string {
  return `select legacy_id as key, count(*)::text as pairs from ${quoteTable(pairs)}
    group by legacy_id having count(*) > 1 order by 1 limit 1000`;
}

export function setPairSql(pairs: TableName, key: string, id: string): string {
  return `update ${quoteTable(pairs)} set new_id = ${quoteLiteral(id)} where legacy_id = ${quoteLiteral(key).trim()}`;
}
