/** `{first_name} {last_name}`: several columns of the row as one text. */
import type { RowView } from '../../db/binary/row-reader.ts';
import { templateParts } from '../../plan/template-parts.ts';
import { fieldText } from '../lanes/reference.ts';
import { Misfit } from '../misfit.ts';
import { columnSql } from '../pass-through.ts';
import type { Step, StepContext, TransformOf } from './step.ts';

type IfNull = TransformOf<'template'>['ifNull'];

interface Piece {
  /** Text in front of the field. */
  readonly before: string;
  readonly field: number;
}

export function templateStep(
  { text, ifNull }: TransformOf<'template'>,
  { field }: Pick<StepContext, 'field'>,
): Step {
  const { pieces, end } = templateParts(text);
  const read = pieces.map(({ before, column }) => ({ before, field: field(`${columnSql(column)}::text`) }));
  return (_value, _state, row) => fill(read, end, ifNull, row);
}

function fill(pieces: readonly Piece[], end: string, ifNull: IfNull, row: RowView): string | null | Misfit {
  let text = '';
  let missing = 0;
  for (let i = 0; i < pieces.length; i++) {
    const { before, field } = pieces[i]!;
    if (row.lengths[field]! >= 0) {
      // What stands between two parts goes with the missing one; what stands before all of them stays.
      text += (ifNull === 'skip' && missing === i ? pieces[0]!.before : before) + fieldText(row, field);
      continue;
    }
    missing++;
    if (ifNull === 'null') return null;
    if (ifNull === 'misfit') return new Misfit('required-part', 'one of the parts is empty');
    if (ifNull === 'empty') text += before;
  }
  return ifNull === 'skip' && missing === pieces.length && missing > 0 ? null : text + end;
}
