/** What a journey is made of. */

import type { Clock } from '../core/clock.ts';
import type { Catalog } from '../schema/catalog.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { JourneyEngine } from './journey-engine.ts';
import type { LaunchRun } from './launch-run.ts';

export interface JourneyDependencies {
  readonly engine: JourneyEngine;
  readonly workspace: Workspace;
  readonly launch: LaunchRun;
  readonly clock: Clock;
  /** How the two databases are called before a person, without credentials; null: not configured. */
  readonly names: { readonly source: string | null; readonly target: string | null };
  /** Rows an entity in a rehearsal. */
  readonly sample?: number;
}

export const DEFAULT_SAMPLE = 500;

/** Rows of tables that would be moved: not the old software's own, no views, partitions counted with their parent. */
export function rowsOf(catalog: Catalog): number {
  return catalog.tables
    .filter(({ kind, housekeeping }) => (kind === 'table' || kind === 'partitioned') && housekeeping === null)
    .reduce((sum, table) => sum + (table.exactRows ?? table.estimatedRows ?? 0), 0);
}
