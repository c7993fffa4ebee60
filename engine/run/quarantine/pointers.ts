/** The columns of an entity that point to other records. */
import type { PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';

export interface Pointer {
  readonly column: string;
  readonly parents: readonly string[];
  /** The old value is the parent's key as text; otherwise the parent is found by other columns. */
  readonly exact: boolean;
}

export function pointers(entity: PlanEntity): Pointer[] {
  return entity.columns.flatMap((column): Pointer[] => {
    const [step] = transformsOf(column);
    if (step?.kind === 'reference')
      return [{ column: column.to, parents: [step.entity], exact: step.match === undefined }];
    if (step?.kind === 'polymorphic')
      return [{ column: column.to, parents: Object.values(step.entities), exact: true }];
    return [];
  });
}
