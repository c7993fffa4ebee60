/**
 * What trying and retrying rows share: the rows that are held, the entities they belong to as the wanted plan compiles
 * them, and sessions on one snapshot of the source. A trial opens it read-only on both sides.
 */

import type { CodeDesk } from '../../copy/code/code-desk.ts';
import { createKeyLedger, createReadingLedger } from '../../copy/key-ledger.ts';
import { createPreparation, type PreparedEntities } from '../../copy/prepare.ts';
import type { Session } from '../../db/database.ts';
import { openSnapshot } from '../../db/snapshot.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { openDesk } from '../code-at-hand.ts';
import { quietEntities } from '../existing-tables.ts';
import type { RunDependencies } from '../run-dependencies.ts';
import { type HeldRows, readHeldRows } from './held-rows.ts';

export interface PlaceOf {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly cards: readonly string[];
  readonly readOnly: boolean;
  /** How the mapper writes values; text for those who want to look at them. */
  readonly wire?: 'text';
}

export interface RetryPlace {
  readonly prepared: PreparedEntities;
  /** In the order of levels. */
  readonly held: readonly HeldRows[];
  readonly source: Session;
  readonly target: Session;
  readonly code: CodeDesk | null;
  close(): Promise<void>;
}

/** Throws UNKNOWN_CARD, and what compiling the plan throws. */
export async function openPlace(deps: RunDependencies, of: PlaceOf): Promise<RetryPlace> {
  const { control } = deps;
  const { runId, plan, catalog, cards, readOnly, wire } = of;
  const held = await readHeldRows(control, { runId, plan, cards });
  const snapshot = await openSnapshot(deps.source, { log: deps.log });
  const opened: Session[] = [];
  const open = async (session: Promise<Session>) => {
    opened.push(await session);
    return opened.at(-1)!;
  };
  const code = openDesk(deps, plan);
  const close = async () => {
    await code?.close();
    await Promise.allSettled([...opened.map((session) => session.release()), snapshot.close()]);
  };
  try {
    const source = await open(snapshot.session('retry'));
    const target = await open(deps.target.session({ purpose: 'retry', ...(readOnly ? { readOnly } : {}) }));
    const later = await notLoaded(deps, runId);
    const names = held.map(({ entity }) => entity);
    const prepared = createPreparation({
      plan,
      catalog,
      runId,
      namespace: await control.runs.namespace(runId),
      ledger: (readOnly ? createReadingLedger : createKeyLedger)(control, plan.migration, target),
      source,
      comesLater: (entity) => later.has(entity),
      silenced: readOnly ? new Set() : await quietEntities(plan, names, target),
      code,
      ...(wire === undefined ? {} : { wire }),
    });
    return { prepared, held, source, target, code, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Entities whose rows the run is still to bring. */
async function notLoaded({ control }: RunDependencies, runId: string): Promise<ReadonlySet<string>> {
  const entities = await control.entities.list(runId);
  const open = entities.filter(({ state }) => state !== 'completed' && state !== 'skipped');
  return new Set(open.map(({ entity }) => entity));
}
