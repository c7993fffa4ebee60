/** The general lane: the value as text, through the column's steps, to the target type. */
import type { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { RowView } from '../../db/binary/row-reader.ts';
import type { Encoder } from '../encoders.ts';
import type { Lane, RowState } from '../lane.ts';
import { Misfit } from '../misfit.ts';
import { placeholderText } from '../placeholder.ts';
import type { Step } from '../steps/step.ts';
import { inRange, outOfRange, type Range } from './range.ts';
import { fieldText } from './reference.ts';

export interface ValueSpec {
  readonly column: string;
  readonly source: string;
  readonly nullable: boolean;
  readonly onMisfit: 'quarantine' | 'null' | 'placeholder' | 'default';
  readonly default: string | undefined;
  /** Text for `onMisfit: placeholder`, with the row's key for `{key}`; null where the column has none. */
  readonly placeholder: string | null;
  readonly range: Range | undefined;
  readonly compare: ((a: string, b: string) => number | null) | null;
}

/** `field` is the source value as text, or -1 where the column has none; a note then tells what the steps made. */
export function valueLane(field: number, steps: readonly Step[], encode: Encoder, spec: ValueSpec): Lane {
  return (row, out, state) => {
    const original = field < 0 || row.lengths[field]! < 0 ? null : fieldText(row, field);
    const start = out.position;
    const value = run(steps, original, state, row, spec);
    const misfit = write(value, encode, spec, out);
    if (misfit === null) return null;
    out.position = start;
    const before = field < 0 && typeof value === 'string' ? value : original;
    return replace(misfit, before, encode, spec, out, state);
  };
}

/** The same lane, whose notes do not tell what was there. */
export function withoutOriginals(lane: Lane): Lane {
  return (row, out, state) => {
    const before = state.repairs.length;
    const misfit = lane(row, out, state);
    for (let i = before; i < state.repairs.length; i++) {
      const repair = state.repairs[i]!;
      if (repair.original !== null) state.repairs[i] = { ...repair, original: HIDDEN };
    }
    return misfit;
  };
}

const HIDDEN = '***';

function run(
  steps: readonly Step[],
  original: string | null,
  state: RowState,
  row: RowView,
  spec: ValueSpec,
): string | null | Misfit {
  let value: string | null = original;
  for (let i = 0; i < steps.length; i++) {
    const next = steps[i]!(value, state, row);
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
  if (spec.onMisfit === 'placeholder' && spec.placeholder !== null) {
    state.repairs.push({ column: spec.column, rule: 'misfit-to-placeholder', source: spec.source, original });
    return encode(placeholderText(spec.placeholder, state.ids), out);
  }
  if (spec.onMisfit === 'null' && spec.nullable && !wasNull) {
    state.repairs.push({ column: spec.column, rule: 'misfit-to-null', source: spec.source, original });
    out.ensure(4);
    out.null();
    return null;
  }
  return misfit;
}
