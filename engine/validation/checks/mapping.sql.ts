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

export function repeatedPairsSql(pairs: TableName): string {
  return `select legacy_id as key, count(*)::text as pairs from ${quoteTable(pairs)}
    group by legacy_id having count(*) > 1 order by 1 limit 1000`;
}

export function setPairSql(pairs: TableName, key: string, id: string): string {
  return `update ${quoteTable(pairs)} set new_id = ${quoteLiteral(id)} where legacy_id = ${quoteLiteral(key).trim()}`;
}
