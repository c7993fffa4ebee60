/** What compiling a plan's entity gives: everything that copying and validating one entity needs. */
import type { CodeUnit } from '../contract/code.ts';
import type { PlanEntity } from '../plan/plan-file.ts';
import type { Lane } from './lane.ts';
import type { KeyReader } from './lanes/identity.ts';
import type { IdMaker } from './uuid-v5.ts';

/** One piece of code of an entity, and where its values are in the select list. */
export interface CompiledCode {
  readonly unit: CodeUnit;
  /** For people: its file, or the columns that it writes. */
  readonly name: string;
  /** Indexes into the select list, in the order of `unit.reads`. */
  readonly fields: readonly number[];
}

export interface CompiledEntity {
  readonly plan: PlanEntity;
  /**
   * How values stand in the mapped row: `binary` in the target types' binary form; `text` as their text form, for
   * tables with a type that has no binary form fit to travel. The row's frame is binary either way.
   */
  readonly wire: 'binary' | 'text';
  /** The source's select list, each item SQL over the row `t`. */
  readonly select: readonly string[];
  /** Empty for all but few entities. */
  readonly code: readonly CompiledCode[];
  /**
   * Fields of a row as the lanes see it: those of the select list, and before them what the code answered, per piece one
   * for why it refused the row and one for each column that it writes (copy/code/answered-rows.ts puts them there).
   */
  readonly fields: number;
  /** What stands behind `from`, with the alias `t`. */
  readonly from: string;
  /** The whole source row as a jsonb object of texts, SQL over `t`; a conversion that no value can fail. */
  readonly sourceRow: string;
  /** The key as SQL items in keyset order, over `t`. */
  readonly keyset: readonly string[];
  /** The legacy key as text, SQL over `t`. */
  readonly keyText: string;
  /** Target columns in the order the mapper writes them. */
  readonly columns: readonly string[];
  /** Per column: how its bytes are compared with the target's. `json`: equal as JSON values. */
  readonly compare: readonly ('bytes' | 'json')[];
  readonly lanes: readonly Lane[];
  /** Target columns written by each lane, for naming misfits; a block lane's guards name their own. */
  readonly laneColumns: readonly string[];
  readonly readKey: KeyReader;
  createIds(): IdMaker;
}
