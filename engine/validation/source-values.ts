/**
 * What a group of source values becomes in the target, for sums and counts by value: the column's own steps, run on each
 * distinct value. Null where the column's value does not follow from its one source column alone.
 */
import type { RowView } from '../db/binary/row-reader.ts';
import { Misfit } from '../mapping/misfit.ts';
import { parseSqlType } from '../mapping/sql-type.ts';
import type { StepContext } from '../mapping/steps/step.ts';
import { stepOf } from '../mapping/steps.ts';
import { IdMaker } from '../mapping/uuid-v5.ts';
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

const NO_ROW: RowView = {
  bytes: Buffer.alloc(0),
  start: 0,
  end: 0,
  offsets: new Int32Array(0),
  lengths: new Int32Array(0),
};

/** For steps that know nothing but the value. */
const ALONE: Omit<StepContext, 'column' | 'target'> = {
  source: '',
  duplicates: new Set(),
  secret: new Uint8Array(16),
  field: () => -1,
  lookupSql: () => '',
};

export function valueMapOf(column: PlanColumn, idOf: IdOf): ValueMap | null {
  const list = transformsOf(column);
  const [first] = list;
  if (first!.kind === 'reference') {
    if (first!.match) return null;
    const { entity } = first!;
    return (value) => (value === null ? null : idOf(entity, value));
  }
  if (!list.every((transform) => PURE.has(transform.kind))) return null;
  const steps = list.map(
    (transform) => stepOf(transform, { ...ALONE, column: column.to, target: parseSqlType(column.type) })!,
  );
  const state = { ids: new IdMaker(new Uint8Array(16), ''), repairs: [], settled: true };
  return (original) => {
    let value = original;
    for (const step of steps) {
      const next = step(value, state, NO_ROW);
      if (next instanceof Misfit) return replaced(column);
      value = next;
    }
    return value === null && !column.nullable ? column.default : value;
  };
}

function replaced(column: PlanColumn): string | null | undefined {
  if (column.onMisfit === 'null') return null;
  return column.onMisfit === 'default' ? column.default : undefined;
}
