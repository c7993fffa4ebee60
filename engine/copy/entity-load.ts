/** One entity being loaded: what every batch of it shares. */
import type { Session } from '../db/database.ts';
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
}

/** Counters of one batch, or the sum of several. Rows and bytes. */
export interface BatchCounters {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsQuarantined: number;
  readonly rowsRepaired: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** A row that the target refused in an earlier attempt at the same batch. */
export interface Refusal {
  readonly sqlstate: string;
  readonly message: string;
  readonly column: string | null;
}
