/**
 * Money: exact decimal sums on both sides by column, currency and month. Zero tolerance: the target's sum is the
 * source's less that of the rows set aside and of rows that are the same record as another, to the last digit. The sums are made by the two servers, not here.
 */
import type { Finding } from '../../core/findings.ts';
import { columnSql } from '../../mapping/pass-through.ts';
import type { PlanColumn } from '../../plan/plan-file.ts';
import { addDecimals, sameDecimal } from '../decimal-sums.ts';
import {
  type Checked,
  type EntityCheck,
  type EntityChecker,
  type MoneySum,
  verdict,
} from '../entity-check.ts';
import { idColumnOf, idsOfKeys } from '../rows/row-id.ts';
import { markSetAside } from '../set-aside.sql.ts';
import { passedThroughSql } from '../source-column.ts';
import { valueMapOf } from '../source-values.ts';
import { moneySql, sourceSumsSql, targetSumsSql } from './money.sql.ts';

const TYPE = 'money';

export const money: EntityChecker = {
  name: TYPE,
  types: ['accuracy'],
  applies: (entity) => entity.columns.some((column) => column.money && column.from !== undefined),
  async run(context): Promise<Checked> {
    const sums: MoneySum[] = [];
    const statements: string[] = [];
    for (const column of context.entity.columns) {
      if (!column.money || column.from === undefined) continue;
      const result = await sumColumn(context, column);
      sums.push(...result.sums);
      statements.push(result.sql);
    }
    const findings = sums.flatMap(judgeSum);
    const ok = findings.length === 0;
    const message = ok
      ? `${sums.length} sums agree to the last digit.`
      : `${findings.length} of ${sums.length} sums do not agree.`;
    return {
      check: verdict({ type: TYPE, ok, message, sql: statements.join(';\n') }),
      findings,
      money: sums,
    };
  },
};

interface Grouping {
  readonly currency: PlanColumn | null;
  readonly month: PlanColumn | null;
}

/** Groups that have a column on both sides; the others are summed over. */
function groupingOf(context: EntityCheck, column: PlanColumn): Grouping {
  const named = (source: string | undefined) =>
    (source === undefined ? undefined : context.entity.columns.find((other) => other.from === source)) ??
    null;
  const currency = named(column.money!.currency);
  const month = named(column.money!.month);
  return {
    currency: currency && valueMapOf(currency, context.idOf) ? currency : null,
    month: month && passedThroughSql(context.compiled, month.to) ? month : null,
  };
}

async function sumColumn(
  context: EntityCheck,
  column: PlanColumn,
): Promise<{ sums: MoneySum[]; sql: string }> {
  const { compiled, duplicates, entity, leftAlone, relation, setAside, sourceTable } = context;
  const { currency, month } = groupingOf(context, column);
  const repaired = await repairedKeys(context, [column, currency, month]);
  const aside = markSetAside(compiled, [...new Set([...setAside, ...repaired])], {
    without: leftAlone,
    duplicates,
  });
  const type = sourceTable.columns.find((found) => found.name === column.from)!.type;
  const source = sourceSumsSql(aside, {
    money: moneySql(columnSql(column.from!), type),
    currency: currency ? columnSql(currency.from!) : null,
    month: month ? passedThroughSql(compiled, month.to) : null,
  });
  const sql = targetSumsSql(relation, idColumnOf(entity), {
    money: columnSql(column.to),
    currency: currency ? columnSql(currency.to) : null,
    month: month ? columnSql(month.to) : null,
  });
  const groups = new Map<string, MoneySum>();
  const group = (currencyText: string | null, monthText: string | null, shown = currencyText): MoneySum =>
    groups.get(JSON.stringify([currencyText, monthText])) ?? {
      entity: entity.name,
      column: column.to,
      currency: shown,
      month: monthText,
      rows: '0',
      source: '0',
      target: '0',
      quarantined: '0',
      ...(duplicates.length === 0 ? {} : { duplicates: '0' }),
    };
  const become = currency ? valueMapOf(currency, context.idOf)! : null;
  for (const row of await context.source.query<SourceSum>(source, aside.values)) {
    // A code without a word can only stand in rows that were set aside: it keeps its own line.
    const word = become ? (become(row.currency) ?? null) : null;
    const before = group(word, row.month, row.currency);
    groups.set(JSON.stringify([word, row.month]), {
      ...before,
      source: addDecimals(before.source, row.total),
      quarantined: addDecimals(before.quarantined, row.asideTotal),
      ...(before.duplicates === undefined
        ? {}
        : { duplicates: addDecimals(before.duplicates, row.duplicateTotal) }),
    });
  }
  for (const row of await context.target.query<TargetSum>(sql, [idsOfKeys(compiled, repaired)])) {
    const before = group(row.currency, row.month);
    groups.set(JSON.stringify([row.currency, row.month]), { ...before, rows: row.rows, target: row.total });
  }
  return { sums: [...groups.values()], sql: sql.replace('$1::uuid[]', "'{}'::uuid[]") };
}

interface SourceSum {
  readonly currency: string | null;
  readonly month: string | null;
  readonly total: string;
  readonly asideTotal: string;
  readonly duplicateTotal: string;
}

interface TargetSum {
  readonly currency: string | null;
  readonly month: string | null;
  readonly rows: string;
  readonly total: string;
}

/** Rows whose amount, currency or month was replaced: they count as set aside on both sides. */
async function repairedKeys(
  { entity, records }: EntityCheck,
  columns: readonly (PlanColumn | null)[],
): Promise<string[]> {
  const lists: string[][] = [];
  for (const column of columns) if (column) lists.push(await records.repaired(entity.name, column.to));
  return [...new Set(lists.flat())];
}

function judgeSum(sum: MoneySum): Finding[] {
  const moved = addDecimals(sum.source, sum.quarantined, -1);
  const expected = addDecimals(moved, sum.duplicates ?? '0', -1);
  if (sameDecimal(expected, sum.target)) return [];
  const where = [sum.currency, sum.month].filter((part) => part !== null).join(', ');
  return [
    {
      kind: 'money',
      severity: 'critical',
      entity: sum.entity,
      check: TYPE,
      column: sum.column,
      expected,
      actual: sum.target,
      message: `${sum.entity}: the sum of ${sum.column}${where ? ` (${where})` : ''} is ${sum.target}, ${expected} was expected.`,
    },
  ];
}
