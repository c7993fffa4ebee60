/** A column that code writes: its answer came with the row, ahead of the row's own fields, and is text like any other. */
import type { Encoder } from '../encoders.ts';
import type { Lane } from '../lane.ts';
import { Misfit } from '../misfit.ts';
import { fieldText } from './reference.ts';
import { type ValueSpec, valueLane } from './value.ts';

/** Fields of the row as the lanes see it. */
export interface AnswerFields {
  /** Why the code refused the row; null where it did not. */
  readonly refusal: number;
  readonly value: number;
}

/** A refused row goes to quarantine whatever the column's policy: that is for values that do not fit. */
export function codeLane(fields: AnswerFields, encode: Encoder, spec: ValueSpec): Lane {
  const value = valueLane(fields.value, [], encode, spec);
  const { refusal } = fields;
  return (row, out, state) =>
    row.lengths[refusal]! < 0 ? value(row, out, state) : new Misfit('code-rejected', fieldText(row, refusal));
}
