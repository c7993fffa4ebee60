/** Rows that a foreign key of the table itself would refuse. */
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';
import type { TableName } from '../../schema/catalog.ts';
import type { ConstraintFacts } from '../table-facts.ts';

/** The first thousand with their legacy keys, each with the number of all. */
export function refusedRowsSql(relation: string, pairs: TableName, key: ConstraintFacts): string {
  const columns = key.columns.map((name) => `t.${quoteIdentifier(name)}`);
  const present = columns.map((column) => `${column} is not null`).join(' and ');
  const same = columns
    .map((column, i) => `p.${quoteIdentifier(key.referenced[i]!)} = ${column}`)
    .join(' and ');
  return `select m.legacy_id as key, (count(*) over ())::text as rows
    from ${relation} t left join ${quoteTable(pairs)} m on m.new_id = t.id
    where ${present} and not exists (select 1 from ${quoteTable(key.references!)} p where ${same}) order by 1 limit 1000`;
}
