import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { PlanEntity } from '../plan/plan-file.ts';

/**
 * The row as texts, and whether the plan's filter wants it. Key values come without a type, so that the server reads
 * them as what the columns are and finds the row by its index.
 */
export function sourceRowSql({ source, key, where }: PlanEntity): string {
  const known = key.columns.map((name, i) => `t.${quoteIdentifier(name)} = $${i + 1}`).join(' and ');
  const texts = 'select jsonb_object_agg(e.key, e.value) from jsonb_each_text(to_jsonb(t.*)) e';
  const wanted = where === undefined ? 'true' : `coalesce((${where}), false)`;
  return `select (${texts}) as row, ${wanted} as wanted
    from ${quoteTable({ schema: source.schema, name: source.table })} t where ${known} limit 1`;
}
