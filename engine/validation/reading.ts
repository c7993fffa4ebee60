/**
 * What a validation reads through: one snapshot of the source, entities prepared as for a load, and lanes, each a source
 * and a target session. Preparing happens one entity at a time, beside the other lane's comparison.
 */

import type { CodeDesk } from '../copy/code/code-desk.ts';
import type { EntityLoad } from '../copy/entity-load.ts';
import { readKeptIds } from '../copy/kept-ids.ts';
import { createPreparation, type KeyLedger, type PreparedEntities } from '../copy/prepare.ts';
import type { Log } from '../core/log.ts';
import type { Database, Session } from '../db/database.ts';
import { openSnapshot, type SourceSnapshot } from '../db/snapshot.ts';
import { compileSha1Block } from '../mapping/sha1-block.ts';
import { IdMaker } from '../mapping/uuid-v5.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { createIdSums } from './id-sums.ts';
import { type PairFacts, readPairs } from './pair-facts.ts';
import type { ValidationRecords } from './records.ts';

export interface Lane {
  source(): Promise<Session>;
  target(): Promise<Session>;
  /** After an error a session may stand in the middle of a stream: the next call opens another. */
  discard(): Promise<void>;
  close(): Promise<void>;
}

export interface Reading {
  prepare(entity: string): Promise<{
    readonly load: EntityLoad;
    readonly excludedRows: number;
    readonly pairs: PairFacts;
    /** Id of a row of another entity that this one points to; null for any other entity. */
    readonly idOf: (entity: string, key: string) => string | null;
  }>;
  openLane(): Lane;
  /** A source session that sees the present. */
  present(): Promise<Session>;
  close(): Promise<void>;
}

interface ReadingInput {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly runId: string;
  readonly namespace: Uint8Array;
  /** Where the plan's code runs. */
  readonly code: CodeDesk | null;
}

interface Opened {
  readonly snapshot: SourceSnapshot;
  readonly source: Session;
  readonly target: Session;
  readonly prepared: PreparedEntities;
}

/** Opens nothing before it is asked for something. */
export function openReading(
  deps: { readonly source: Database; readonly target: Database; readonly log: Log },
  input: ReadingInput,
  records: ValidationRecords,
): Reading {
  const pairs = new Map<string, PairFacts>();
  let snapshot: Promise<SourceSnapshot> | null = null;
  let opened: Promise<Opened> | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const openSource = () => {
    snapshot ??= openSnapshot(deps.source, deps);
    return snapshot;
  };

  async function open(): Promise<Opened> {
    const shared = await openSource();
    const source = await shared.session('validate');
    const target = await deps.target.session({ purpose: 'validate' });
    const ledger = createReadingLedger(target, input.namespace, records, pairs);
    return { snapshot: shared, source, target, prepared: createPreparation({ ...input, ledger, source }) };
  }

  async function shut(): Promise<void> {
    const [was, shared] = await Promise.allSettled([opened, snapshot]);
    opened = null;
    snapshot = null;
    if (was.status === 'fulfilled' && was.value) {
      await Promise.allSettled([was.value.source.release(), was.value.target.release()]);
    }
    if (shared.status === 'fulfilled' && shared.value) await shared.value.close().catch(() => undefined);
  }

  async function prepareNow(entity: string): ReturnType<Reading['prepare']> {
    opened ??= open();
    try {
      const { prepared } = await opened;
      const load = await prepared.prepare(entity);
      return {
        load,
        excludedRows: prepared.excludedRows(entity),
        pairs: pairs.get(entity)!,
        idOf: prepared.idOf,
      };
    } catch (error) {
      // A statement that failed ends the snapshot's transaction: the next entity starts on a new one.
      await shut();
      throw error;
    }
  }

  return {
    prepare(entity) {
      const mine = turn.then(() => prepareNow(entity));
      turn = mine.catch(() => undefined);
      return mine;
    },
    openLane: () =>
      createLane(
        async () => (await openSource()).session('validate'),
        () => deps.target.session({ purpose: 'validate' }),
      ),
    present: () => deps.source.session({ purpose: 'validate' }),
    async close() {
      await turn;
      await shut();
    },
  };
}

function createLane(openSource: () => Promise<Session>, openTarget: () => Promise<Session>): Lane {
  let source: Promise<Session> | null = null;
  let target: Promise<Session> | null = null;
  const discard = async () => {
    const sessions = await Promise.allSettled([source, target]);
    source = null;
    target = null;
    for (const session of sessions) if (session.status === 'fulfilled') await session.value?.release();
  };
  return {
    source: () => (source ??= openSource()),
    target: () => (target ??= openTarget()),
    discard,
    close: discard,
  };
}

/** Knows the pairs that are there and registers nothing. */
function createReadingLedger(
  target: Session,
  namespace: Uint8Array,
  records: ValidationRecords,
  facts: Map<string, PairFacts>,
): KeyLedger {
  const sha1 = compileSha1Block();
  const nowhere = { schema: '', name: '' };
  return {
    async register(entity) {
      const pairs = await records.pairs(entity);
      return pairs
        ? { entityNo: pairs.entityNo, pairsTable: pairs.table }
        : { entityNo: 0, pairsTable: nowhere };
    },
    async readKeys(pairsTable, into) {
      const maker = new IdMaker(namespace, into.entity, sha1, into.ids.keptIds);
      const none: PairFacts = { ids: createIdSums(), duplicates: 0, wrong: 0, wrongPairs: [] };
      facts.set(
        into.entity,
        pairsTable === nowhere ? none : await readPairs(target, pairsTable, maker, into),
      );
    },
    async keptIds(entityNo, maker) {
      if (entityNo === 0) return null;
      return readKeptIds(target, entityNo, await records.keptRows(entityNo), maker);
    },
  };
}
