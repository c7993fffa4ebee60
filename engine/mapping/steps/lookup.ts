/**
 * A value of a row in another table, found by the source itself over the index of that table's key. What comes back tells
 * apart that there is no such row (null), that its value is empty (`-`), and the value (behind a `=`).
 */

import { fieldText } from '../lanes/reference.ts';
import { Misfit } from '../misfit.ts';
import { ownValueSql } from '../parent-lookup.ts';
import { columnSql } from '../pass-through.ts';
import type { Step, StepContext, TransformOf } from './step.ts';

const FOUND = 0x3d;

export function lookupStep(
  spec: TransformOf<'lookup'>,
  { column, source, field, lookupSql }: Pick<StepContext, 'column' | 'source' | 'field' | 'lookupSql'>,
): Step {
  const own = field(spec.match ? ownValueSql(spec.match) : `${columnSql(source)}::text`);
  const found = field(lookupSql(spec));
  return (_value, state, row) => {
    if (row.lengths[own]! < 0) return null;
    const length = row.lengths[found]!;
    const at = row.offsets[found]!;
    if (length >= 0) return row.bytes[at] === FOUND ? row.bytes.toString('utf8', at + 1, at + length) : null;
    if (spec.onMissing === 'quarantine')
      return new Misfit('lookup-missing', 'the row to look up is not there');
    state.repairs.push({ column, rule: 'misfit-to-null', source, original: fieldText(row, own) });
    return null;
  };
}
