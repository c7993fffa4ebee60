/** Steps outside of a row: for those that know nothing but the value. */
import type { RowView } from '../../db/binary/row-reader.ts';
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import { Misfit } from '../misfit.ts';
import { parseSqlType } from '../sql-type.ts';
import { stepOf } from '../steps.ts';
import { IdMaker } from '../uuid-v5.ts';
import type { StepContext } from './step.ts';

const NO_ROW: RowView = {
  bytes: Buffer.alloc(0),
  start: 0,
  end: 0,
  offsets: new Int32Array(0),
  lengths: new Int32Array(0),
};

const ALONE: Omit<StepContext, 'column' | 'target'> = {
  source: '',
  duplicates: new Set(),
  secret: new Uint8Array(16),
  field: () => -1,
  lookupSql: () => '',
};

/** Runs the steps one after the other; they must need no other field, key or secret. */
export function stepsAlone(
  transforms: readonly Transform[],
  column: Pick<PlanColumn, 'to' | 'type'>,
): (value: string | null) => string | null | Misfit {
  const context = { ...ALONE, column: column.to, target: parseSqlType(column.type) };
  const steps = transforms.flatMap((transform) => stepOf(transform, context) ?? []);
  const state = { ids: new IdMaker(new Uint8Array(16), ''), repairs: [], settled: true };
  return (original) => {
    let value = original;
    for (const step of steps) {
      const next = step(value, state, NO_ROW);
      state.repairs.length = 0;
      if (next instanceof Misfit) return next;
      value = next;
    }
    return value;
  };
}
