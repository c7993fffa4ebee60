/** The statement that finds rows of one source table that are the same record, by the plan's `dedupe`. */
import { columnSql, isBuiltIn } from '../mapping/pass-through.ts';
import { keyShape } from '../mapping/source-key.ts';
import { isText } from '../plan/check-dedupe.ts';
import type { DedupeRule } from '../plan/dedupe-rule.ts';
import type { PlanEntity } from '../plan/plan-file.ts';
import type { Table } from '../schema/catalog.ts';

/**
 * Code points that `trim` takes for blanks. A database in another encoding than UTF-8 may not have them, so they are
 * only made where it does; once a statement, since nothing of it depends on a row.
 */
const WIDE_BLANKS = [160, 5760, ...range(8192, 8202), 8232, 8233, 8239, 8287, 12288, 65279];
const BLANKS = `(select E' \\t\\n\\r\\f\\x0b' || coalesce(string_agg(chr(code), ''), '')
    from unnest(array[${WIDE_BLANKS.join(', ')}]) code where getdatabaseencoding() = 'UTF8')`;

/** Legacy keys of all but the kept row of each record, and that of the kept one, as texts. */
export function duplicatesSql(entity: PlanEntity, rule: DedupeRule, table: Table): string {
  const { from, keyset, textSql } = keyShape(entity, table);
  const values = rule.by.map((name) => compared(name, rule, table));
  const direction = rule.keep === 'first' ? 'asc' : 'desc';
  const order = [
    ...(rule.orderBy === undefined ? [] : [`${orderSql(rule.orderBy, table)} ${direction} nulls last`]),
    ...keyset.map((item) => `${item} ${direction}`),
  ];
  return `select key, kept from (
    select ${textSql} as key, first_value(${textSql}) over record as kept, row_number() over record as place
    from ${from} where ${values.map(({ present }) => present).join(' and ')}
    window record as (partition by ${values.map(({ sql }) => sql).join(', ')} order by ${order.join(', ')})) ranked
    where place > 1`;
}

/** A text of nothing but blanks says as little as an empty one. */
function compared(
  name: string,
  { ignoreCase, trim }: DedupeRule,
  table: Table,
): { readonly sql: string; readonly present: string } {
  const column = columnSql(name);
  const type = table.columns.find((item) => item.name === name)?.type;
  if (type === undefined || !isText(type))
    return { sql: orderSql(name, table), present: `${column} is not null` };
  const trimmed = `btrim(${column}::text, ${BLANKS})`;
  const plain = trim ? trimmed : isBuiltIn(type) ? column : `${column}::text`;
  return { sql: ignoreCase ? `lower(${plain}::text)` : plain, present: `${trimmed} <> ''` };
}

/** What orders an extension's type is not on the search path. */
function orderSql(name: string, table: Table): string {
  const column = columnSql(name);
  const type = table.columns.find((item) => item.name === name)?.type;
  return type === undefined || isBuiltIn(type) ? column : `(${column}::text collate "C")`;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
