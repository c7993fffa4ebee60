/** Lanes of columns whose value is worked out: by steps from a source column, or by code. */
import type { Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { answerEncoder } from '../code/answer-encoder.ts';
import { exactEncoder } from '../exact-encoder.ts';
import type { Lane } from '../lane.ts';
import { integerChoiceLane } from '../lanes/choice.ts';
import { type AnswerFields, codeLane } from '../lanes/code.ts';
import { valueLane, withoutOriginals } from '../lanes/value.ts';
import { columnSql, passThroughSql } from '../pass-through.ts';
import type { Step, StepContext, StepWatch } from '../steps/step.ts';
import { stepOf } from '../steps.ts';
import { type ColumnPlace, unsupported } from './compile-input.ts';
import { lookupSql } from './lookup-sql.ts';
import type { PlacedColumn } from './placed-column.ts';
import { valueSpec } from './value-spec.ts';

const INTEGERS = new Set(['int2', 'int4', 'int8']);
const NO_DUPLICATES: ReadonlySet<string> = new Set();

export function valueColumn({ input, fields, wire }: ColumnPlace, placed: PlacedColumn): Lane {
  const { column, source, target } = placed;
  const fast = integerChoice(placed);
  if (fast) {
    const field = fields.field(columnSql(source!.name));
    return integerChoiceLane(field, { map: fast.map, nullable: column.nullable });
  }
  const context: StepContext = {
    column: column.to,
    source: source?.name ?? column.to,
    target,
    duplicates: input.duplicates.get(column.to) ?? NO_DUPLICATES,
    secret: input.namespace,
    field: (sql) => fields.field(sql),
    lookupSql: (spec) => lookupSql(spec, column, input),
  };
  const converted = zoneSql(placed);
  const transforms = transformsOf(column);
  const before = converted === null ? 0 : 1;
  const list = transforms.slice(before).map((transform, i): Step => {
    const step = stepOf(transform, context);
    if (!step)
      throw unsupported(input.entity, column, `the transform ${transform.kind} cannot stand in a list`);
    return input.watch ? watched(step, input.watch, column.to, i + before) : step;
  });
  const field = source === null ? -1 : fields.field(converted ?? `${columnSql(source.name)}::text`);
  const encode = exactEncoder(target, wire);
  if (!encode) throw unsupported(input.entity, column, `no way to write ${target.sql}`);
  const lane = valueLane(field, list, encode, valueSpec(column, context.source, target));
  return hides(transforms) ? withoutOriginals(lane) : lane;
}

function watched(step: Step, watch: StepWatch, column: string, transform: number): Step {
  return (before, state, row) => {
    const after = step(before, state, row);
    watch({ column, transform, before, after });
    return after;
  };
}

/** A value that is hidden must not stand in the notes either. */
function hides(steps: readonly Transform[]): boolean {
  return steps.some(
    (step) =>
      step.kind === 'hash' ||
      step.kind === 'mask' ||
      (step.kind === 'array' && hides(Array.isArray(step.each) ? step.each : [step.each])),
  );
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

/** A clock of the source itself gets its zone there, which knows more of zones' past than this machine may. */
function zoneSql({ column, source, target }: PlacedColumn): string | null {
  const [first] = transformsOf(column);
  if (first!.kind !== 'time-zone' || source?.type.name !== 'timestamp') return null;
  const sql = passThroughSql(
    source.name,
    source.type,
    { ...target, name: 'timestamptz', scale: null },
    first!.zone,
  );
  return sql === null ? null : `(${sql})::text`;
}
