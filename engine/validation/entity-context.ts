/** Gathers what the checks of one entity need, or says why none of them can be made. */

import type { CodeRunners } from '../contract/code.ts';
import { tableOf } from '../copy/prepare.ts';
import type { Clock } from '../core/clock.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import { createKeySet, type KeySet } from '../mapping/key-set.ts';
import { IdMaker, idText } from '../mapping/uuid-v5.ts';
import { createsTable } from '../plan/creates-table.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { rowCompare } from './checks/row-compare.ts';
import type { EntityCheck, EntityChecker } from './entity-check.ts';
import { readHeldIds } from './held-ids.ts';
import { ownRowsOf, pairedRowsOf } from './own-rows.sql.ts';
import type { Lane, Reading } from './reading.ts';
import type { ValidationRecords } from './records.ts';
import { type ComparisonInput, compareRows, type RowComparison } from './rows/compare-rows.ts';
import { idColumnOf, idWords, keySetOfIds } from './rows/row-id.ts';
import { readTableFacts } from './table-facts.ts';

export interface EntityWork {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly runId: string;
  readonly namespace: Uint8Array;
  readonly entity: PlanEntity;
  readonly checkers: readonly EntityChecker[];
  /** Names of the entities found without a difference, so far. */
  readonly proved: Set<string>;
  readonly target: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventPublisher;
  readonly code: CodeRunners | null;
  readonly reading: Reading;
  readonly lane: Lane;
  readonly recorded: ValidationRecords;
  readonly signal?: AbortSignal | undefined;
}

/** Why no check of the entity can be made. */
export class CannotCheck {
  readonly status: 'skipped' | 'could-not-check';
  readonly reason: string;

  constructor(status: 'skipped' | 'could-not-check', reason: string) {
    this.status = status;
    this.reason = reason;
  }
}

export async function openContext(work: EntityWork): Promise<EntityCheck | CannotCheck> {
  const { catalog, entity, lane, namespace, plan, proved, reading, recorded, signal, target } = work;
  const known = await recorded.pairs(entity.name);
  if (!known || !(await recorded.migrated(entity.name))) {
    return new CannotCheck('skipped', 'The entity has not been migrated.');
  }
  const table = { schema: entity.target.schema, name: entity.target.table };
  const facts = await readTableFacts(target, table);
  if (!facts)
    return new CannotCheck('could-not-check', `The table ${quoteTable(table)} is not in the target.`);
  const { load, excludedRows, pairs, idOf } = await reading.prepare(entity.name);
  const { compiled, read } = load;
  const setAside = await recorded.setAside(entity.name, known.table);
  const existing = !createsTable(plan, entity);
  const leftAlone = load.merge === 'keep' ? await recorded.leftAsTheyWere(known.table) : [];
  const updated = load.merge === 'update' ? await recorded.updated(known.table) : [];
  const duplicates = load.deduped ? await recorded.duplicates(known.table) : [];
  const relation = existing ? ownRowsOf(table, known.table) : quoteTable(table);
  const shared = { compiled, table, relation, pairs: known.table };
  const compare = comparer(lane, reading, {
    ...shared,
    read,
    setAside: idsOf(compiled, setAside),
    leftAlone: idsOf(compiled, [...leftAlone, ...duplicates]),
    updated: keySetOfIds(updated),
    signal,
  });
  const comparing = work.checkers.some((checker) => checker.name === rowCompare.name);
  const comparison = async () => (comparing ? compare().catch(() => null) : null);
  return {
    ...shared,
    runId: work.runId,
    plan,
    entity,
    sourceTable: tableOf(catalog, entity),
    pairFacts: pairs,
    facts,
    excludedRows,
    setAside,
    leftAlone,
    duplicates,
    entityNo: known.entityNo,
    deduped: load.deduped,
    ownRows: existing ? `${relation} t` : relation,
    existing,
    records: recorded,
    idOf: (name, key) => idOf(name, key) ?? idText(idWords(new IdMaker(namespace, name), key)),
    source: { query: async (text, values) => (await lane.source()).query(text, values) },
    target,
    runners: work.code,
    compareRows: compare,
    comparison,
    proved: (names) => names.every((name) => proved.has(name)),
    heldIds: async () =>
      existing
        ? readHeldIds(await lane.target(), pairedRowsOf(table, known.table), idColumnOf(entity))
        : ((await comparison())?.heldIds ??
          readHeldIds(await lane.target(), quoteTable(table), idColumnOf(entity))),
  };
}

/** The comparison, made when it is first asked for. */
function comparer(
  lane: Lane,
  reading: Reading,
  input: Omit<ComparisonInput, 'source' | 'target' | 'openPresent'>,
): () => Promise<RowComparison> {
  let running: Promise<RowComparison> | null = null;
  const run = async () => {
    try {
      return await compareRows({
        ...input,
        source: await lane.source(),
        target: await lane.target(),
        openPresent: () => reading.present(),
      });
    } catch (error) {
      // Its sessions may stand in the middle of a stream.
      await lane.discard();
      throw error;
    }
  };
  return () => {
    running ??= run();
    return running;
  };
}

function idsOf(compiled: CompiledEntity, keys: readonly string[]): KeySet {
  const ids = createKeySet({ kind: 'text', min: 0, max: 0, rows: keys.length });
  const maker = compiled.createIds();
  for (const key of keys) {
    idWords(maker, key);
    ids.addId(maker.words); // the id that it would have, whatever it has
  }
  return ids;
}
