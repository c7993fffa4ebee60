/**
 * Does what the code gave fit its columns? The same lanes as in a move look at it, one column at a time, so that what is
 * empty, too long or out of range is found here as it would be there, and the plan's own rules are applied.
 */
import type { Cell } from '../../contract/code.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import { answerEncoder } from '../../mapping/code/answer-encoder.ts';
import { valueSpec } from '../../mapping/compilation/value-spec.ts';
import { encoderFor } from '../../mapping/encoders.ts';
import type { Lane } from '../../mapping/lane.ts';
import { valueLane } from '../../mapping/lanes/value.ts';
import type { Misfit, Repair } from '../../mapping/misfit.ts';
import { parseSqlType } from '../../mapping/sql-type.ts';
import { IdMaker } from '../../mapping/uuid-v5.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';

export interface Fit {
  /** The first one, with its column; null where the row fits. */
  readonly misfit: Misfit | null;
  /** Columns that the plan's own rules would change. */
  readonly repaired: readonly string[];
}

export interface Fitting {
  look(cells: readonly Cell[]): Fit;
  /** Columns whose text only PostgreSQL can read. */
  readonly unchecked: readonly string[];
}

export function createFitting(entity: PlanEntity, writes: readonly string[]): Fitting {
  const lanes = writes.map((name) => laneOf(entity, name));
  const out = new ByteWriter(1 << 12);
  const ids = new IdMaker(new Uint8Array(16), entity.name);
  return {
    look(cells) {
      const repairs: Repair[] = [];
      const state = { ids, repairs, settled: true };
      for (const [i, { lane }] of lanes.entries()) {
        out.position = 0;
        const misfit = lane(rowOf(cells[i]!), out, state);
        if (misfit === null) continue;
        misfit.column = writes[i]!;
        return { misfit, repaired: [] };
      }
      return { misfit: null, repaired: repairs.map(({ column }) => column) };
    },
    unchecked: writes.filter((_, i) => !lanes[i]!.isChecked),
  };
}

function laneOf(entity: PlanEntity, name: string): { readonly lane: Lane; readonly isChecked: boolean } {
  const column = entity.columns.find(({ to }) => to === name)!;
  const type = parseSqlType(column.type);
  const isChecked = encoderFor(type, 'binary') !== null;
  const encode = answerEncoder(entity, name, type, isChecked ? 'binary' : 'text')!;
  return { lane: valueLane(0, [], encode, valueSpec(column, name, type)), isChecked };
}

/** A row of one field. */
function rowOf(cell: Cell) {
  const bytes = Buffer.from(cell ?? '');
  return {
    bytes,
    start: 0,
    end: bytes.length,
    offsets: new Int32Array([0]),
    lengths: new Int32Array([cell === null ? -1 : bytes.length]),
  };
}
