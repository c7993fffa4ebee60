/** Choices: how often each word stands in the target, against what the source's codes must have become. */
import type { Queryable } from '../../control/queryable.ts';
import type { Finding } from '../../core/findings.ts';
import { columnSql } from '../../mapping/pass-through.ts';
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { withoutSetAside } from '../set-aside.sql.ts';
import { valueMapOf } from '../source-values.ts';
import { countValuesSql } from './enumeration.sql.ts';
import { isProved } from './row-compare.ts';

const TYPE = 'enumeration';
/** Columns of one statement: as many as `grouping()` takes. */
const MOST_COLUMNS = 31;

type Counts = Map<string | null, number>;

export const enumeration: EntityChecker = {
  name: TYPE,
  types: ['accuracy'],
  applies: (entity) => choiceColumns(entity).length > 0,
  async run(context): Promise<Checked> {
    const columns = choiceColumns(context.entity);
    const sql = countValuesSql(
      `${context.relation} t`,
      columns.map((column) => columnSql(column.to)),
    );
    if (isProved(await context.comparison())) {
      const message = `Every word of ${columns.length} columns was compared and is what its code means.`;
      return { check: verdict({ type: TYPE, ok: true, message, sql }), findings: [] };
    }
    const expected = await expectedCounts(context, columns);
    const actual = await readCounts(context.target, sql, columns.length);
    const findings = columns.flatMap((column, i) =>
      compareCounts(context.entity, column, expected[i]!, actual[i]!),
    );
    const ok = findings.length === 0;
    const values = actual.reduce((sum, counts) => sum + counts.size, 0);
    const message = ok
      ? `${values} values in ${columns.length} columns, each as often as in the source.`
      : `${findings.length} values come more or less often than in the source.`;
    return { check: verdict({ type: TYPE, ok, message, sql }), findings };
  },
};

function choiceColumns(entity: PlanEntity): PlanColumn[] {
  const chosen = entity.columns.filter((column) => {
    const list = transformsOf(column);
    return (
      column.from !== undefined &&
      list.some((step) => step.kind === 'choice') &&
      valueMapOf(column, noParent) !== null
    );
  });
  return chosen.slice(0, MOST_COLUMNS);
}

function noParent(): never {
  throw new TypeError('a choice is no reference');
}

async function expectedCounts(context: EntityCheck, columns: readonly PlanColumn[]): Promise<Counts[]> {
  const { from, values } = withoutSetAside(context.compiled, [
    ...context.setAside,
    ...context.leftAlone,
    ...context.duplicates,
  ]);
  const sql = countValuesSql(
    from,
    columns.map((column) => columnSql(column.from!)),
  );
  const seen = await readCounts(context.source, sql, columns.length, values);
  return columns.map((column, i) => {
    const become = valueMapOf(column, noParent)!;
    const expected: Counts = new Map();
    for (const [code, rows] of seen[i]!) {
      const word = become(code);
      if (word !== undefined) expected.set(word, (expected.get(word) ?? 0) + rows);
    }
    return expected;
  });
}

/** Rows by value, one map a column. */
async function readCounts(
  on: Queryable,
  sql: string,
  columns: number,
  values?: readonly unknown[],
): Promise<Counts[]> {
  const counts = Array.from({ length: columns }, (): Counts => new Map());
  type Row = { grouped: number; values: (string | null)[]; rows: string };
  for (const row of await on.query<Row>(sql, values)) {
    // grouping() sets the bit of every column that the row is not grouped by, the first column's bit highest.
    const index = counts.findIndex((_, i) => (row.grouped & (1 << (columns - 1 - i))) === 0);
    counts[index]!.set(row.values[index]!, Number(row.rows));
  }
  return counts;
}

function compareCounts(entity: PlanEntity, column: PlanColumn, expected: Counts, actual: Counts): Finding[] {
  const values = new Set([...expected.keys(), ...actual.keys()]);
  return [...values].flatMap((value): Finding[] => {
    const [wanted, found] = [expected.get(value) ?? 0, actual.get(value) ?? 0];
    if (wanted === found) return [];
    const name = value === null ? 'no value' : `“${value}”`;
    return [
      {
        kind: 'enumeration',
        severity: 'major',
        entity: entity.name,
        check: TYPE,
        column: column.to,
        expected: String(wanted),
        actual: String(found),
        message: `${entity.name}: ${column.to} has ${name} in ${rowsText(found)}, ${wanted} were expected.`,
      },
    ];
  });
}
