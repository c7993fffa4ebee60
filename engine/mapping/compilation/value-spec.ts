/** What the plan says of a value of one column: whether it may be missing, its bounds, and what happens if it does not fit. */
import type { PlanColumn } from '../../plan/plan-file.ts';
import { comparison } from '../lanes/range.ts';
import type { ValueSpec } from '../lanes/value.ts';
import { placeholderOf } from '../placeholder.ts';
import type { SqlType } from '../sql-type.ts';

/** `source` is the name under which a note keeps what was replaced. */
export function valueSpec(column: PlanColumn, source: string, target: SqlType): ValueSpec {
  return {
    column: column.to,
    source,
    nullable: column.nullable,
    onMisfit: column.onMisfit,
    default: column.default,
    placeholder: placeholderOf(column, target),
    range: column.range,
    compare: comparison(target.name),
  };
}
