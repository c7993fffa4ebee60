/** The transforms of a column in their order; a plan may write a single one without a list. */
import type { PlanColumn, Transform } from './plan-file.ts';

export function transformsOf({ transform }: Pick<PlanColumn, 'transform'>): readonly Transform[] {
  return Array.isArray(transform) ? transform : [transform];
}
