/** Generic relations: which numbers stand for which tables, and which of them a table uses. */
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { Table, TableName } from './catalog.ts';
import { ownRowsSql } from './own-rows.sql.ts';

export function contentTypesSql(table: TableName): string {
  return `select id::text as id, app_label::text as app, model::text as model from ${quoteTable(table)} order by id`;
}

/** Distinct values of a type column over `from`, which is the table itself or a sample of it. */
export function typesUsedSql(from: string, column: string): string {
  const name = quoteIdentifier(column);
  return `select ${name}::text as type, count(*)::text as rows from (select ${name} from ${from}) s
           where ${name} is not null and octet_length(${name}::text) <= 200 group by 1 order by count(*) desc, 1 limit 1000`;
}

/** How many ids that stand beside the type $1 are keys of its supposed table; as text where their types differ. */
export function classContainmentSql(
  pair: { readonly table: Table; readonly typeColumn: string; readonly idColumn: string },
  parent: TableName & { readonly column: string; readonly type: string },
  limit: number,
): string {
  const id = quoteIdentifier(pair.idColumn);
  const key = `k.${quoteIdentifier(parent.column)}`;
  const there = sameFamily(pair, parent)
    ? `exists (select from ${quoteTable(parent)} k where ${key} = s.v)`
    : `s.v::text in (select ${key}::text from ${quoteTable(parent)} k limit 1000000)`;
  return `
    with s as (select distinct r.v
                 from (select ${id} as v from ${ownRowsSql(pair.table)}
                        where ${quoteIdentifier(pair.typeColumn)}::text = $1 and ${id} is not null limit ${limit}) r)
    select count(*)::int as looked, (count(*) filter (where ${there}))::int as found from s`;
}

function sameFamily(
  { table, idColumn }: { readonly table: Table; readonly idColumn: string },
  { type }: { readonly type: string },
): boolean {
  const own = table.columns.find(({ name }) => name === idColumn)?.type.name;
  return own !== undefined && (own === type || (/^int/.test(own) && /^int/.test(type)));
}
