/** Exact sums of money. NaN and infinities are no amounts and stay out of every sum. */
import { quoteIdentifier } from '../../db/quote.ts';
import type { ColumnType } from '../../schema/catalog.ts';
import type { MarkedSource } from '../set-aside.sql.ts';

export interface SumColumns {
  readonly money: string;
  readonly currency: string | null;
  readonly month: string | null;
}

const DECIMAL = String.raw`^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$`;
/** Beyond any amount: leaves NaN and infinities out, which sort behind all numbers. */
const AMOUNT = "between '-1e100'::numeric and '1e100'::numeric";

/** A source column of any type as numeric; text that is no number counts as none. */
export function moneySql(column: string, type: ColumnType): string {
  const name = type.kind === 'domain' ? type.of : type.name;
  switch (name) {
    case 'numeric':
    case 'int2':
    case 'int4':
    case 'int8':
    case 'money':
      return `${column}::numeric`;
    case 'float4':
    case 'float8':
      return `${column}::text::numeric`;
    default:
      return `case when ${column}::text ~ '${DECIMAL}' then ${column}::text::numeric end`;
  }
}

export function sourceSumsSql(source: MarkedSource, columns: SumColumns): string {
  return `select currency, month, coalesce(sum(amount), 0)::text as total,
      coalesce(sum(amount) filter (where aside), 0)::text as "asideTotal",
      coalesce(sum(amount) filter (where duplicate and not aside), 0)::text as "duplicateTotal"
    from (select ${columns.money} as amount, ${groups(columns)}, ${source.isSetAside} as aside,
      ${source.isDuplicate} as duplicate from ${source.from}) rows
    where amount ${AMOUNT} group by currency, month order by currency, month`;
}

/** `$1`: ids of rows to leave out. */
export function targetSumsSql(relation: string, idColumn: string, columns: SumColumns): string {
  return `select currency, month, count(*)::text as rows, coalesce(sum(amount), 0)::text as total
    from (select ${columns.money}::numeric as amount, ${groups(columns)} from ${relation} t
      where t.${quoteIdentifier(idColumn)} <> all($1::uuid[])) rows
    where amount ${AMOUNT} group by currency, month order by currency, month`;
}

function groups({ currency, month }: SumColumns): string {
  const monthText = month === null ? 'null::text' : `to_char(${month}, 'YYYY-MM')`;
  return `${currency === null ? 'null::text' : `${currency}::text`} as currency, ${monthText} as month`;
}
