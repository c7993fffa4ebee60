/** Money sums of months put together per field and currency, exactly. Sums over several currencies are never made. */
import { addDecimals, isZero, subtractDecimals } from './decimal.ts';
import type { ReportedMoney } from './report-data.ts';

export interface MoneyLine {
  readonly entity: string;
  readonly column: string;
  readonly currency: string | null;
  readonly rows: string;
  readonly source: string;
  readonly target: string;
  readonly setAside: string;
  /** Target less source, of the rows that moved. */
  readonly difference: string;
  readonly months: number;
  readonly monthsThatDiffer: number;
}

export function moneyLines(sums: readonly ReportedMoney[]): MoneyLine[] {
  const groups = Map.groupBy(sums, (sum) => JSON.stringify([sum.entity, sum.column, sum.currency]));
  return [...groups.values()].map((months) => {
    const total = (pick: (sum: ReportedMoney) => string) => months.map(pick).reduce(addDecimals);
    const { entity, column, currency } = months[0]!;
    const source = total((sum) => sum.source);
    const target = total((sum) => sum.target);
    return {
      entity,
      column,
      currency,
      rows: total((sum) => sum.rows),
      source,
      target,
      setAside: total((sum) => sum.quarantined),
      difference: subtractDecimals(target, source),
      months: months.filter((sum) => sum.month !== null).length,
      monthsThatDiffer: months.filter((sum) => !isZero(subtractDecimals(sum.target, sum.source))).length,
    };
  });
}
