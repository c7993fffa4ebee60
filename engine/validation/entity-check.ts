/** What every check of one entity gets, and what it gives. */
import type { CodeRunners } from '../contract/code.ts';
import type { ValidationCheck, ValidationReport } from '../contract/validation.ts';
import type { Queryable } from '../control/queryable.ts';
import type { Finding } from '../core/findings.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import type { Table, TableName } from '../schema/catalog.ts';
import type { IdSums } from './id-sums.ts';
import type { PairFacts } from './pair-facts.ts';
import type { ValidationRecords } from './records.ts';
import type { RowComparison } from './rows/compare-rows.ts';
import type { TableFacts } from './table-facts.ts';

export interface EntityCheck {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly entity: PlanEntity;
  /** The source's table. */
  readonly sourceTable: Table;
  readonly compiled: CompiledEntity;
  readonly table: TableName;
  readonly pairs: TableName;
  readonly pairFacts: PairFacts;
  readonly facts: TableFacts;
  /** Rows the plan's filter leaves out. */
  readonly excludedRows: number;
  readonly setAside: readonly string[];
  /** Legacy keys of rows that the target held before and that were left as they are. */
  readonly leftAlone: readonly string[];
  /** Legacy keys of rows that are the same record as another: they lead to its row and have none of their own. */
  readonly duplicates: readonly string[];
  /** The plan puts such rows together. */
  readonly deduped: boolean;
  readonly entityNo: number;
  /** SQL behind `from`: the rows of the target that were written; all of a table that the plan makes. */
  readonly ownRows: string;
  /** The same, to be given an alias. */
  readonly relation: string;
  /** The table was there before. */
  readonly existing: boolean;
  readonly records: ValidationRecords;
  /** New id of a row of another entity. */
  readonly idOf: IdOf;
  /** On the source's snapshot. */
  readonly source: Queryable;
  readonly target: Queryable;
  /** What runs the plan's code; there wherever the plan holds code. */
  readonly runners: CodeRunners | null;
  /** The full comparison; runs once, whoever asks first. */
  compareRows(): Promise<RowComparison>;
  /** Its result where it belongs to this validation and came to an end, else null. */
  comparison(): Promise<RowComparison | null>;
  /** True where this validation has compared every row of these entities, and their pairs, and found no difference. */
  proved(entities: readonly string[]): boolean;
  /** The ids of the target's rows; from the comparison where it runs anyway. */
  heldIds(): Promise<IdSums>;
}

export type IdOf = (entity: string, key: string) => string;

export type MoneySum = ValidationReport['money'][number];

/** A check's own words; entity and time are added by whoever ran it. */
export type CheckOutcome = Omit<ValidationCheck, 'entity' | 'milliseconds'>;

export interface Checked {
  readonly check: CheckOutcome;
  readonly findings: readonly Finding[];
  readonly money?: readonly MoneySum[];
  readonly rowsCompared?: number;
  readonly valuesCompared?: number;
}

export interface EntityChecker {
  /** As in the report, for example `foreign-key`. */
  readonly name: string;
  readonly types: readonly ('integrity' | 'completeness' | 'accuracy' | 'performance')[];
  /** False where the entity has nothing of the kind; the check does not appear then. */
  applies(entity: PlanEntity): boolean;
  /** True where it asks what other entities were found to be: it runs once all others have run everywhere. */
  readonly last?: boolean;
  /** Null where there turns out to be nothing of the kind. */
  run(context: EntityCheck): Promise<Checked | null>;
}

/** No difference is tolerated. */
const EXACT = '0';

export interface Verdict {
  readonly type: string;
  readonly ok: boolean;
  readonly expected?: string | null;
  readonly actual?: string | null;
  readonly message: string;
  readonly sql?: string | null;
}

/** A check that came to an end. */
export function verdict({
  type,
  ok,
  expected = null,
  actual = null,
  message,
  sql = null,
}: Verdict): CheckOutcome {
  return { type, status: ok ? 'pass' : 'fail', expected, actual, tolerance: EXACT, message, sql };
}

/** `1 row`, `2 rows`. */
export function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}
