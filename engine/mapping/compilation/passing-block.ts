/** The columns that pass through, as one lane: their fields stand side by side at the end of the select list. */

import type { Lane } from '../lane.ts';
import { blockLane, type Guard, lengthGuard, notNullGuard } from '../lanes/block.ts';
import { rangeGuard } from '../lanes/range.ts';
import { lengthLimit } from '../pass-through.ts';
import type { FieldList } from './field-list.ts';
import type { PlacedColumn } from './placed-column.ts';

export interface PassingColumn {
  readonly placed: PlacedColumn;
  readonly sql: string;
}

/** The fields are never shared with other lanes, so this comes last. */
export function passingBlock(passing: readonly PassingColumn[], fields: FieldList): Lane {
  const guards: Guard[] = [];
  const first = fields.count;
  for (const { placed, sql } of passing) guards.push(...guardsOf(placed, fields.another(sql)));
  return blockLane(first, fields.count - 1, guards);
}

function guardsOf({ column, source, target }: PlacedColumn, field: number): Guard[] {
  const guards: Guard[] = [];
  if (!column.nullable && source!.nullable) guards.push(notNullGuard(field, column.to));
  const limit = lengthLimit(source!.type, target);
  if (limit !== null) guards.push(lengthGuard(field, column.to, limit));
  if (column.range) guards.push(rangeGuard(field, column.to, target.name, column.range)!);
  return guards;
}
