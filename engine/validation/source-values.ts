/**
 * What a group of source values becomes in the target, for sums and counts by value: the column's own steps, run on each
 * distinct value. Null where the column's value does not follow from its one source column alone.
 */
import { Misfit } from '../mapping/misfit.ts';
import { stepsAlone } from '../mapping/steps/alone.ts';
import type { PlanColumn, Transform } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { IdOf } from './entity-check.ts';

/** The target's text for a source text; undefined where such a row must have been set aside. */
export type ValueMap = (value: string | null) => string | null | undefined;

const PURE = new Set<Transform['kind']>([
  'copy',
  'cast',
  'trim',
  'lower',
  'upper',
  'empty-to-null',
  'default',
  'choice',
  'split',
  'replace',
  'phone',
]);

export function valueMapOf(column: PlanColumn, idOf: IdOf): ValueMap | null {
  const list = transformsOf(column);
  const [first] = list;
  if (first!.kind === 'reference') {
    if (first!.match) return null;
    const { entity } = first!;
    return (value) => (value === null ? null : idOf(entity, value));
  }
  // A placeholder is made of the row's key.
  if (column.onMisfit === 'placeholder') return null;
  if (!list.every((transform) => PURE.has(transform.kind))) return null;
  const become = stepsAlone(list, column);
  return (original) => {
    const value = become(original);
    if (value instanceof Misfit) return replaced(column);
    return value === null && !column.nullable ? column.default : value;
  };
}

function replaced(column: PlanColumn): string | null | undefined {
  if (column.onMisfit === 'null') return null;
  return column.onMisfit === 'default' ? column.default : undefined;
}
