/** Turns a source row into a target row: runs the lanes in order; all or nothing. */
import type { ByteWriter } from '../db/binary/byte-writer.ts';
import type { RowView } from '../db/binary/row-reader.ts';
import { dedupeRuleOf } from '../plan/dedupe-rule.ts';
import type { CompiledEntity } from './compiled-entity.ts';
import { isNil } from './kept-ids.ts';
import type { Lane, RowState } from './lane.ts';
import { Misfit, type Repair } from './misfit.ts';
import type { IdMaker } from './uuid-v5.ts';

export class RowMapper {
  /** Id and key of the row mapped last. */
  readonly ids: IdMaker;
  /** What was changed in the row mapped last, so that it fits. */
  readonly repairs: Repair[] = [];
  private readonly compiled: CompiledEntity;
  private readonly lanes: readonly Lane[];
  private readonly deduped: boolean;
  private readonly state: RowState;

  /** `settled`: all parents are in the target, so references written on trust are checked as well. */
  constructor(compiled: CompiledEntity, settled: boolean) {
    this.compiled = compiled;
    this.lanes = compiled.lanes;
    this.deduped = dedupeRuleOf(compiled.plan) !== null;
    this.ids = compiled.createIds();
    this.state = { ids: this.ids, repairs: this.repairs, settled };
  }

  /**
   * Appends the row in COPY's binary frame and returns null, or appends nothing and returns the first misfit. Of a row that is the
   * same record as another nothing is appended either: its values go nowhere, so none of them can misfit.
   */
  map(row: RowView, out: ByteWriter): Misfit | null {
    const { compiled, lanes, state } = this;
    if (this.repairs.length > 0) this.repairs.length = 0;
    const start = out.position;
    compiled.readKey(row, this.ids);
    if (this.ids.isKept()) {
      if (this.deduped) return null;
      if (isNil(this.ids.id)) return fitsSeveral(compiled);
    }
    out.ensure(2);
    out.int16(compiled.columns.length);
    for (let i = 0; i < lanes.length; i++) {
      const misfit = lanes[i]!(row, out, state);
      if (misfit === null) continue;
      out.position = start;
      if (misfit.column === '') misfit.column = compiled.laneColumns[i]!;
      return misfit;
    }
    return null;
  }

  /** True where the row mapped last is the same record as another. */
  isDuplicate(): boolean {
    return this.deduped && this.ids.isKept();
  }
}

/** Which one is meant, or which of several old rows, nobody has said. */
function fitsSeveral({ plan }: CompiledEntity): Misfit {
  const by = plan.merge?.by.join(', ') ?? '';
  const misfit = new Misfit('ambiguous-match', `more than one record is the same by ${by}`);
  misfit.column = by;
  return misfit;
}
