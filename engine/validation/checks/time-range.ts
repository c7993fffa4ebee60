/** Dates and times: the earliest and the latest of every column that travels as it is, equal on both sides. */
import type { Finding } from '../../core/findings.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import { columnSql } from '../../mapping/pass-through.ts';
import { parseSqlType } from '../../mapping/sql-type.ts';
import { type Checked, type EntityChecker, verdict } from '../entity-check.ts';
import { withoutSetAside } from '../set-aside.sql.ts';
import { passedThroughSql } from '../source-column.ts';
import { isProved } from './row-compare.ts';
import { rangesSql, type TimeColumnSql, type TimeType } from './time-range.sql.ts';

const TYPE = 'time-range';
const TIMES: ReadonlySet<string> = new Set<TimeType>(['date', 'timestamp', 'timestamptz']);

export const timeRange: EntityChecker = {
  name: TYPE,
  types: ['accuracy'],
  applies: (entity) => entity.columns.some((column) => TIMES.has(parseSqlType(column.type).name)),
  async run(context): Promise<Checked | null> {
    const { compiled, duplicates, entity, leftAlone, relation, setAside, source, target } = context;
    const columns = timeColumns(compiled);
    if (columns.length === 0) return null;
    const sql = rangesSql(
      `${relation} t`,
      columns.map((column) => ({ ...column, sql: columnSql(column.name) })),
    );
    if (isProved(await context.comparison())) {
      const message = `Every value of ${columns.length} columns was compared and is the same on both sides.`;
      return { check: verdict({ type: TYPE, ok: true, message, sql }), findings: [] };
    }
    const { from, values } = withoutSetAside(compiled, [...setAside, ...leftAlone, ...duplicates]);
    const [expected] = await source.query<{ ranges: (string | null)[] }>(rangesSql(from, columns), values);
    const [actual] = await target.query<{ ranges: (string | null)[] }>(sql);
    const findings = columns.flatMap(({ name }, i): Finding[] =>
      (['earliest', 'latest'] as const).flatMap((end, j) => {
        const [wanted, found] = [expected!.ranges[i * 2 + j] ?? null, actual!.ranges[i * 2 + j] ?? null];
        if (wanted === found) return [];
        const message = `${entity.name}: the ${end} ${name} is ${found ?? 'empty'}, ${wanted ?? 'none'} was expected.`;
        const base = { kind: 'range', severity: 'major', entity: entity.name, check: TYPE } as const;
        return [{ ...base, column: name, expected: wanted, actual: found, message }];
      }),
    );
    const ok = findings.length === 0;
    const message = ok
      ? `The earliest and the latest of ${columns.length} columns are the same on both sides.`
      : findings.map((finding) => finding.message).join(' ');
    return { check: verdict({ type: TYPE, ok, message, sql }), findings };
  },
};

function timeColumns(compiled: CompiledEntity): (TimeColumnSql & { name: string })[] {
  return compiled.plan.columns.flatMap((column) => {
    const type = parseSqlType(column.type).name;
    const sql = TIMES.has(type) ? passedThroughSql(compiled, column.to) : null;
    return sql === null ? [] : [{ name: column.to, sql, type: type as TimeType }];
  });
}
