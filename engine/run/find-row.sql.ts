import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { PlanEntity } from '../plan/plan-file.ts';

const texts = 'select jsonb_object_agg(e.key, e.value) from jsonb_each_text(to_jsonb(t.*)) e';

function wantedSql({ where }: PlanEntity): string {
  return where === undefined ? 'true' : `coalesce((${where}), false)`;
}

/**
 * The row as texts, and whether the plan's filter wants it. Key values come without a type, so that the server reads
 * them as what the columns are and finds the row by its index.
 */
export function sourceRowSql(entity: PlanEntity): string {
  const { source, key } = entity;
  const known = key.columns.map((name, i) => `t.${quoteIdentifier(name)} = $${i + 1}`).join(' and ');
  return `select (${texts}) as row, ${wantedSql(entity)} as wanted
    from ${quoteTable({ schema: source.schema, name: source.table })} t where ${known} limit 1`;
}

/**
 * A row that is known by its content, which reads the whole table. Rows with one hash are equal, so any of them is the one
 * that is meant, as long as there are so many. $1 hash, $2 number among the equal ones
 */
export function equalRowSql(entity: PlanEntity): string {
  const { source } = entity;
  return `select (${texts}) as row, ${wantedSql(entity)} as wanted
    from ${quoteTable({ schema: source.schema, name: source.table })} t
    where md5((t.*)::text) = $1 offset $2::int - 1 limit 1`;
}

/** $1: a JSON list. An element that is none fails as a value that does not fit. */
export const keyPartsSql = `select $1::jsonb::text as text,
    array(select value from jsonb_array_elements_text(case jsonb_typeof($1::jsonb) when 'array' then $1::jsonb else '[]' end)
      with ordinality as item(value, place) order by place) as parts`;
