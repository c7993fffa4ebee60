/** Generic relations: which numbers stand for which tables, and which of them a table uses. */
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { TableName } from './catalog.ts';

export function contentTypesSql(table: TableName): string {
  return `select id::text as id, app_label::text as app, model::text as model from ${quoteTable(table)} order by id`;
}

/** Distinct values of a type column over `from`, which is the table itself or a sample of it. */
export function typesUsedSql(from: string, column: string): string {
  const name = quoteIdentifier(column);
  return `select ${name}::text as type, count(*)::text as rows from (select ${name} from ${from}) s
           where ${name} is not null group by 1 order by count(*) desc, 1 limit 1000`;
}
