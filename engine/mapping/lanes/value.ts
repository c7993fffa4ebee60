/** The general lane: the value as text, through the column's steps, to the target type. */
import type { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { PlanColumn } from '../../plan/plan-file.ts';
import type { Encoder } from '../encoders.ts';
import type { Lane, RowState } from '../lane.ts';
import { Misfit } from '../misfit.ts';
import type { SqlType } from '../sql-type.ts';
import type { Step } from '../steps.ts';
import { comparison, inRange, outOfRange, type Range } from './range.ts';
import { fieldText } from './reference.ts';

export interface ValueSpec {
  readonly column: string;
  readonly source: string;
  readonly nullable: boolean;
  readonly onMisfit: 'quarantine' | 'null' | 'placeholder' | 'default';
  readonly default: string | undefined;
  readonly range: Range | undefined;
  readonly compare: ((a: string, b: string) => number | null) | null;
}

/** As the plan says it; `source` is the name under which a note keeps what was replaced. */
export function valueSpec(column: PlanColumn, source: string, target: SqlType): ValueSpec {
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

/** `field` is the source value as text, or -1 where the column has none (constants). */
export function valueLane(field: number, steps: readonly Step[], encode: Encoder, spec: ValueSpec): Lane {
  return (row, out, state) => {
    const original = field < 0 || row.lengths[field]! < 0 ? null : fieldText(row, field);
    const start = out.position;
    const misfit = write(run(steps, original, state, spec), encode, spec, out);
    if (misfit === null) return null;
    out.position = start;
    return replace(misfit, original, encode, spec, out, state);
  };
}

function run(
  steps: readonly Step[],
  original: string | null,
  state: RowState,
  spec: ValueSpec,
): string | null | Misfit {
  let value: string | null = original;
  for (const step of steps) {
    const next = step(value, state);
    if (next instanceof Misfit) return next;
    value = next;
  }
  if (value !== null && spec.range && spec.compare && !inRange(value, spec.range, spec.compare)) {
    return outOfRange(spec.range);
  }
  return value;
}

function write(
  value: string | null | Misfit,
  encode: Encoder,
  spec: ValueSpec,
  out: ByteWriter,
): Misfit | null {
  if (value instanceof Misfit) return value;
  if (value !== null) return encode(value, out);
  if (!spec.nullable) return new Misfit('required-null', 'empty, but the column must not be');
  out.ensure(4);
  out.null();
  return null;
}

/** What the plan says shall happen to a value that does not fit. */
function replace(
  misfit: Misfit,
  original: string | null,
  encode: Encoder,
  spec: ValueSpec,
  out: ByteWriter,
  state: RowState,
): Misfit | null {
  const wasNull = misfit.reason === 'required-null';
  const useDefault = spec.default !== undefined && (wasNull || spec.onMisfit === 'default');
  if (useDefault) {
    const rule = wasNull ? 'null-to-default' : 'misfit-to-default';
    state.repairs.push({ column: spec.column, rule, source: spec.source, original });
    return encode(spec.default!, out);
  }
  if (spec.onMisfit === 'null' && spec.nullable && !wasNull) {
    state.repairs.push({ column: spec.column, rule: 'misfit-to-null', source: spec.source, original });
    out.ensure(4);
    out.null();
    return null;
  }
  return misfit;
}
