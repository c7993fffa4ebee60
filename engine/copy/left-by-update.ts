/**
 * A row that was there and gets the old system's values gets nothing else: what the plan only fills in for rows that come anew
 * – a constant that stands for unknown – stays as people have it, and notes are put beside theirs.
 */
import type { PlanEntity } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';

export interface LeftByUpdate {
  /** Target columns that say nothing of the old row. */
  readonly kept: ReadonlySet<string>;
  /** Notes of both: jsonb objects, of which the old system's entries win. */
  readonly joined: ReadonlySet<string>;
}

export function leftByUpdate({ columns, merge }: PlanEntity): LeftByUpdate {
  const named = (kind: 'constant' | 'metadata') =>
    new Set(
      merge?.onMatch === 'update'
        ? columns.filter((column) => transformsOf(column)[0]!.kind === kind).map(({ to }) => to)
        : [],
    );
  return { kept: named('constant'), joined: named('metadata') };
}
