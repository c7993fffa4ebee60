/** Money sums of months put together per field and currency, exactly. Sums over several currencies are never made. */
import { addDecimals, isZero, subtractDecimals, trimZeros } from './decimal.ts';
import type { ReportedMoney } from './report-data.ts';

export interface MoneyLine {
  readonly entity: string;
  readonly column: string;
  readonly currency: string | null;
  readonly rows: string;
  /** Of all rows of the old system. */
  readonly source: string;
  readonly target: string;
  /** Of rows set aside, and of rows whose amount, currency or date was changed: those are in neither comparison. */
  readonly apart: string;
  /** Of rows that are the same record as another and were not moved; null where the plan puts none together. */
  readonly duplicates: string | null;
  /** Source less apart and duplicates: what the target must hold. */
  readonly moved: string;
  /** What the target holds beyond that. */
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
    const apart = total((sum) => sum.quarantined);
    const duplicates = months.some((sum) => sum.duplicates !== undefined)
      ? total((sum) => sum.duplicates ?? '0')
      : null;
    const away = addDecimals(apart, duplicates ?? '0');
    return {
      entity,
      column,
      currency,
      rows: total((sum) => sum.rows),
      source,
      target,
      apart,
      duplicates,
      moved: trimZeros(subtractDecimals(source, away), target),
      difference: trimZeros(subtractDecimals(addDecimals(target, away), source), target),
      months: months.filter((sum) => sum.month !== null).length,
      monthsThatDiffer: months.filter(
        (sum) =>
          !isZero(
            subtractDecimals(
              addDecimals(addDecimals(sum.target, sum.quarantined), sum.duplicates ?? '0'),
              sum.source,
            ),
          ),
      ).length,
    };
  });
}
