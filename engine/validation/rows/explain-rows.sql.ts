/** Statements that say in what rows differ. `STAGED` holds the expected rows. */
import { quoteIdentifier, quoteLiteral, quoteTable } from '../../db/quote.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import type { TableName } from '../../schema/catalog.ts';
import { idColumn } from './row-id.ts';
import { STAGED } from './staged-rows.ts';
import { unwrittenColumns } from './written-values.ts';

/** Rows by legacy key. A single key column keeps its own type, so that the source can use its index. */
export function copyExpectedByKeySql(compiled: CompiledEntity, keys: readonly string[]): string {
  const item = compiled.keyset.length === 1 ? compiled.keyset[0]! : compiled.keyText;
  const condition = `${item} in (${keys.map(quoteLiteral).join(', ')})`;
  return `copy (select ${compiled.select.join(', ')} from ${compiled.from} where ${condition}) to stdout (format binary)`;
}

/** Values as text: what cannot be told apart in text is the same value. Compared by code points, whatever the collation. */
export function differingValuesSql(compiled: CompiledEntity, table: TableName, pairs: TableName): string {
  const id = quoteIdentifier(idColumn(compiled));
  const values = compiled.columns.map(
    (name) => `(${quoteLiteral(name)}, e.${quoteIdentifier(name)}::text, t.${quoteIdentifier(name)}::text)`,
  );
  const names = [...unwrittenColumns(compiled)].map(quoteLiteral).join(', ');
  const unwritten =
    names === ''
      ? ''
      : ` and not (c.name in (${names}) and exists (
        select 1 from ${quoteTable(pairs)} m where m.new_id = t.${id} and m.merged = 'updated'))`;
  return `
    select t.${id}::text as id, c.name as column, c.expected, c.actual
    from ${STAGED} e
    join ${quoteTable(table)} t on t.${id} = e.${id}
    cross join lateral (values ${values.join(', ')}) c(name, expected, actual)
    where c.expected collate "C" is distinct from c.actual collate "C"${unwritten}
    order by 1, 2`;
}

/** Expected rows that are not there, with their values as text in the order of columns. */
export function missingRowsSql(compiled: CompiledEntity, table: TableName): string {
  const id = quoteIdentifier(idColumn(compiled));
  const values = compiled.columns.map((name) => `e.${quoteIdentifier(name)}::text`).join(', ');
  return `
    select e.${id}::text as id, array[${values}] as values
    from ${STAGED} e
    where not exists (select 1 from ${quoteTable(table)} t where t.${id} = e.${id})
    order by 1`;
}

/** Of the ids in `$1`: rows that are there and are not expected. */
export function extraneousRowsSql(compiled: CompiledEntity, table: TableName): string {
  const id = quoteIdentifier(idColumn(compiled));
  return `
    select t.${id}::text as id from ${quoteTable(table)} t
    where t.${id} = any($1::uuid[]) and not exists (select 1 from ${STAGED} e where e.${id} = t.${id})
    order by 1`;
}

/** Legacy keys of ids; `$1` is an array of ids. */
export function keysOfIdsSql(pairs: TableName): string {
  return `select new_id::text as id, legacy_id as key from ${quoteTable(pairs)} where new_id = any($1::uuid[])
    and merged is distinct from 'duplicate'`;
}
