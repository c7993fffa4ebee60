/** Lanes of columns whose value is worked out: by steps from a source column, or by code. */
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { answerEncoder } from '../code/answer-encoder.ts';
import { encoderFor } from '../encoders.ts';
import type { Lane } from '../lane.ts';
import { integerChoiceLane } from '../lanes/choice.ts';
import { type AnswerFields, codeLane } from '../lanes/code.ts';
import { comparison } from '../lanes/range.ts';
import { type ValueSpec, valueLane } from '../lanes/value.ts';
import { columnSql } from '../pass-through.ts';
import type { SqlType } from '../sql-type.ts';
import { type Step, stepOf } from '../steps.ts';
import { type ColumnPlace, unsupported } from './compile-input.ts';
import type { PlacedColumn } from './placed-column.ts';

const INTEGERS = new Set(['int2', 'int4', 'int8']);
const NO_DUPLICATES: ReadonlySet<string> = new Set();

export function valueColumn({ input, fields, wire }: ColumnPlace, placed: PlacedColumn): Lane {
  const { column, source, target } = placed;
  const fast = integerChoice(placed);
  if (fast) {
    const field = fields.field(columnSql(source!.name));
    return integerChoiceLane(field, { map: fast.map, nullable: column.nullable });
  }
  const field = source === null ? -1 : fields.field(`${columnSql(source.name)}::text`);
  const context = {
    column: column.to,
    source: source?.name ?? column.to,
    duplicates: input.duplicates.get(column.to) ?? NO_DUPLICATES,
  };
  const list = transformsOf(column).map((transform): Step => {
    const step = stepOf(transform, context);
    if (!step)
      throw unsupported(input.entity, column, `the transform ${transform.kind} cannot stand in a list`);
    return step;
  });
  const encode = encoderFor(target, wire);
  if (!encode) throw unsupported(input.entity, column, `no way to write ${target.sql}`);
  return valueLane(field, list, encode, valueSpec(column, context.source, target));
}

/** A column that code writes; its answers are at `fields` of the row as the lanes see it. */
export function codeColumn(
  { input, wire }: ColumnPlace,
  { column, target }: PlacedColumn,
  fields: AnswerFields | undefined,
): Lane {
  if (!fields) throw unsupported(input.entity, column, 'no code writes it');
  const encode = answerEncoder(input.entity, column.to, target, wire);
  if (!encode) throw unsupported(input.entity, column, `no way to write ${target.sql}`);
  return codeLane(fields, encode, valueSpec(column, column.to, target));
}

/** The choice where codes are whole numbers that need nothing but their word. */
function integerChoice({
  column,
  source,
  target,
}: PlacedColumn): Extract<Transform, { kind: 'choice' }> | null {
  const [choice, ...more] = transformsOf(column);
  if (choice!.kind !== 'choice' || more.length > 0) return null;
  const plain = choice!.unknown === 'quarantine' && column.onMisfit === 'quarantine';
  const words = target.name === 'text' || target.name === 'varchar';
  const codes = INTEGERS.has(source?.type.name ?? '');
  const empty = column.nullable || column.default === undefined;
  return plain && words && codes && empty ? choice! : null;
}

function valueSpec(column: PlanColumn, source: string, target: SqlType): ValueSpec {
  return {
    column: column.to,
    source,
    nullable: column.nullable,
    onMisfit: column.onMisfit,
    default: column.default,
    range: column.range,
    compare: comparison(target.name),
  };
}
