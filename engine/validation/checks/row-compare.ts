/** Every row and every column against what the plan makes of the source; see rows/compare-rows.ts. */
import type { Finding } from '../../core/findings.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import type { RowComparison } from '../rows/compare-rows.ts';
import { deleteRowSql, insertRowSql, setValueSql } from '../rows/fix-statements.sql.ts';
import { idColumnOf } from '../rows/row-id.ts';

const TYPE = 'row-compare';

export const rowCompare: EntityChecker = {
  name: TYPE,
  types: ['accuracy'],
  applies: () => true,
  run: async (context) => judgeComparison(context, await context.compareRows()),
};

export function judgeComparison(
  context: Pick<EntityCheck, 'entity' | 'compiled' | 'table' | 'facts'>,
  comparison: RowComparison,
): Checked {
  const findings = [...unrecorded(context.entity.name, comparison), ...differences(context, comparison)];
  const { rows, actualRows, agreed } = comparison;
  const unlisted = comparison.differing - comparison.listed;
  const ok = findings.length === 0 && unlisted === 0 && rows.unrecorded === 0;
  const again =
    agreed === 0 ? '' : ` ${rowsText(agreed)} agreed only when looked at again; the data is in use.`;
  const more = unlisted === 0 ? '' : ` ${rowsText(unlisted)} more differ and are not listed.`;
  const columns = context.compiled.columns.length;
  const message = ok
    ? `${rowsText(actualRows)} × ${columns} columns are what the plan makes of the source.${again}`
    : `${rowsText(differingRows(comparison) + unlisted)} of ${rows.expected} differ from what the plan makes of the source.${more}${again}`;
  const check = verdict({
    type: TYPE,
    ok,
    expected: String(rows.expected),
    actual: String(actualRows),
    message,
  });
  return { check, findings, rowsCompared: rows.expected, valuesCompared: rows.expected * columns };
}

/** True where every row and every value of the entity is what it must be. */
export function isProved(comparison: RowComparison | null): boolean {
  return comparison !== null && comparison.differing === 0 && comparison.rows.unrecorded === 0;
}

function differingRows({ rows, mismatching, missing, extraneous }: RowComparison): number {
  return (
    new Set(mismatching.map((value) => value.id)).size + missing.length + extraneous.length + rows.unrecorded
  );
}

function differences(
  { entity, compiled, table, facts }: Pick<EntityCheck, 'entity' | 'compiled' | 'table' | 'facts'>,
  { mismatching, missing, extraneous }: RowComparison,
): Finding[] {
  const target = { table, idColumn: idColumnOf(entity), triggers: facts.triggers.length > 0 };
  const base = { entity: entity.name, check: TYPE } as const;
  const keyed = (key: string | null) => (key === null ? {} : { key });
  return [
    ...mismatching.map(
      ({ id, key, column, expected, actual }): Finding => ({
        ...base,
        kind: 'mismatching',
        severity: 'critical',
        ...keyed(key),
        column,
        expected,
        actual,
        fix: setValueSql(target, id, column, expected),
        message: `${entity.name}: ${column} of ${key ?? id} is not what the plan makes of the source.`,
      }),
    ),
    ...missing.map(
      ({ key, id, values }): Finding => ({
        ...base,
        kind: 'missing',
        severity: 'critical',
        ...keyed(key),
        expected: id,
        actual: null,
        fix: insertRowSql(target, compiled.columns, values),
        message: `${entity.name}: the row of ${key ?? id} is not in the target, and was not set aside.`,
      }),
    ),
    ...extraneous.map(
      ({ key, id }): Finding => ({
        ...base,
        kind: 'extraneous',
        severity: 'major',
        ...keyed(key),
        expected: null,
        actual: id,
        fix: deleteRowSql(target, id),
        message: `${entity.name}: the row ${id} is in the target, and the plan expects none there.`,
      }),
    ),
  ];
}

/** Rows that the plan rejects, without a trace in the quarantine. */
function unrecorded(entity: string, { rows }: RowComparison): Finding[] {
  return rows.unrecordedKeys.map(({ key, reason, column }) => ({
    kind: 'missing',
    severity: 'critical',
    entity,
    check: TYPE,
    key,
    column,
    message: `${entity}: the plan rejects ${key} (${column}: ${reason}), but it is not among the rows set aside.`,
  }));
}
