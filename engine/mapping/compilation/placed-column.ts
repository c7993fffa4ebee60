/** A column of the plan beside its source column and its target type, and whether its bytes may pass as they are. */
import { MigrationError } from '../../core/errors.ts';
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Column, Table } from '../../schema/catalog.ts';
import { encoderFor } from '../encoders.ts';
import { rangeGuard } from '../lanes/range.ts';
import { columnSql, passThroughSql } from '../pass-through.ts';
import { parseSqlType, type SqlType } from '../sql-type.ts';
import type { Wire } from './field-list.ts';

export interface PlacedColumn {
  readonly column: PlanColumn;
  readonly target: SqlType;
  readonly source: Column | null;
}

export function placeColumn(column: PlanColumn, table: Table): PlacedColumn {
  const source = column.from === undefined ? null : table.columns.find((c) => c.name === column.from);
  if (source === undefined) {
    throw new MigrationError({
      code: 'PLAN_INVALID',
      message: `Column ${column.to} reads ${table.schema}.${table.name}.${column.from}, which does not exist.`,
      hint: 'Correct the column in the plan file, then check it with: towpath map',
    });
  }
  return { column, source, target: parseSqlType(column.type) };
}

/** One column without a binary form to write makes the whole row travel as text. */
export function wireOf(columns: readonly PlacedColumn[], timeZone: string): Wire {
  const binary = columns.every((placed) => {
    if (isStructural(transformsOf(placed.column)[0]!)) return true;
    return passingSql(placed, 'binary', timeZone) !== null || encoderFor(placed.target, 'binary') !== null;
  });
  return binary ? 'binary' : 'text';
}

function isStructural(transform: Transform): boolean {
  return ['uuid', 'reference', 'polymorphic', 'metadata'].includes(transform.kind);
}

/** SQL of a column that passes through, or null where the plan wants its value computed or replaced. */
export function passingSql(
  { column, source, target }: PlacedColumn,
  wire: Wire,
  timeZone: string,
): string | null {
  if (source === null) return null;
  const [first, ...rest] = transformsOf(column);
  if (rest.length > 0 || !['copy', 'cast', 'time-zone'].includes(first!.kind)) return null;
  if (column.onMisfit !== 'quarantine' || (column.default !== undefined && !column.nullable)) return null;
  const zone = first!.kind === 'time-zone' ? first!.zone : timeZone;
  const sql = passThroughSql(source.name, source.type, target, zone);
  if (wire === 'text') return column.range ? null : passingText(sql, source.name, target);
  if (sql === null || !column.range) return sql;
  return rangeGuard(0, column.to, target.name, column.range) ? sql : null;
}

/** As text, only what the target's type holds exactly passes, or what only the server can read. */
function passingText(sql: string | null, name: string, target: SqlType): string | null {
  if (sql !== null) return sql === columnSql(name) ? `${sql}::text` : `(${sql})::text`;
  return encoderFor(target, 'binary') === null ? `${columnSql(name)}::text` : null;
}
