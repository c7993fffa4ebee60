/** One entity being loaded: what every batch of it shares. */
import type { Session } from '../db/database.ts';
import type { FaultKind } from '../db/recovery-table.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import type { ParentKeys } from '../mapping/parent-keys.ts';
import type { TableName } from '../schema/catalog.ts';

/** The rows of a `copy … to stdout` over the entity's select list, as its lanes want them. */
export type ReadRows = (source: Session, sql: string) => AsyncIterable<Buffer>;

export interface EntityLoad {
  readonly compiled: CompiledEntity;
  /** Plain COPY; for an entity with code, the same rows with its answers. */
  readonly read: ReadRows;
  readonly runId: string;
  readonly entityNo: number;
  readonly target: TableName;
  /** Where the mapping pairs go: the entity's partition. */
  readonly pairsTable: TableName;
  /** Keys of this entity as its children see them; grows with every commit. */
  readonly keys: ParentKeys;
  /** Rows of the source at the start, after the filter. */
  readonly expectedRows: number;
  /** What happens to rows that the target held before; null where the entity merges with none. */
  readonly merge: 'keep' | 'update' | null;
  /** Rows of it may be the same record as another: they are not moved, and their pair leads to the one that is. */
  readonly deduped: boolean;
  /** The target's triggers are kept from firing while batches of the entity are written. */
  readonly silenced: boolean;
}

/** Counters of one batch, or the sum of several. Rows and bytes. */
export interface BatchCounters {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsQuarantined: number;
  readonly rowsRepaired: number;
  /** Rows that are the same record as another and were not moved. */
  readonly rowsDuplicate: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** What was wrong with rows that were changed or set aside. */
  readonly faults: readonly RowFaults[];
}

export interface RowFaults {
  readonly kind: FaultKind;
  /** Changes; a row may have had several. */
  readonly repaired: number;
  readonly setAside: number;
}

/** A row that the target refused in an earlier attempt at the same batch. */
export interface Refusal {
  readonly sqlstate: string;
  readonly message: string;
  readonly column: string | null;
  readonly constraint: string | null;
}
