/**
 * How far each entity of a run is.
 *
 *   pending      chosen, not begun                              → copying, skipped, failed
 *   copying      its batches run                                → finishing, completed, failed
 *   finishing    all rows are in; keys, indexes, constraints    → completed, failed
 *   completed    done and counted                               → rolled-back
 *   failed       stopped by an error                            → completed (a later attempt)
 *   skipped      left out: moved before, or a parent failed
 *   rolled-back  its rows were taken out again
 * `start` leads to copying from any of them: a resumed run goes through its entities again, and finds nothing to move
 * where nothing is left.
 */
import { type ErrorReport, MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import {
  completeEntitySql,
  getEntitySql,
  leaveOutEntitiesSql,
  listEntitiesSql,
  moveEntitySql,
  registerEntitiesSql,
  startEntitySql,
} from './entity-store.sql.ts';
import type { Queryable } from './queryable.ts';

export type EntityState =
  | 'pending'
  | 'copying'
  | 'finishing'
  | 'completed'
  | 'failed'
  | 'skipped'
  | 'rolled-back';

/** Rows, milliseconds; times are ISO texts in UTC. */
export interface EntityProgress {
  readonly runId: string;
  readonly entity: string;
  readonly level: number;
  readonly state: EntityState;
  readonly expectedRows: number | null;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsQuarantined: number;
  readonly rowsRepaired: number;
  /** Rows that are the same record as another; their keys lead to its row. */
  readonly rowsDuplicate: number;
  readonly rowsExcluded: number;
  readonly batchesDone: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly milliseconds: number;
  readonly error: ErrorReport | null;
}

/** Rows and milliseconds of a completed entity. */
export type EntityCounts = Pick<
  EntityProgress,
  'rowsRead' | 'rowsWritten' | 'rowsQuarantined' | 'rowsRepaired' | 'rowsDuplicate' | 'milliseconds'
>;

interface OfEntity {
  readonly runId: string;
  readonly entity: string;
}

export interface EntityStore {
  /** Enters the chosen entities as pending; those that are there keep their state. */
  register(
    runId: string,
    entities: readonly { readonly entity: string; readonly level: number }[],
    on?: Queryable,
  ): Promise<void>;
  /** Those among the named of which nothing is in the target are no part of the run any more. */
  leaveOut(runId: string, entities: readonly string[], on?: Queryable): Promise<void>;
  start(
    of: OfEntity & { readonly expectedRows: number; readonly excludedRows?: number },
    on?: Queryable,
  ): Promise<void>;
  finishing(of: OfEntity, on?: Queryable): Promise<EntityProgress>;
  /** Counts what the ledger holds and closes the entity with it. */
  complete(of: OfEntity & { readonly entityNo: number }, on?: Queryable): Promise<EntityCounts>;
  fail(of: OfEntity & { readonly error: ErrorReport }, on?: Queryable): Promise<EntityProgress>;
  skip(of: OfEntity & { readonly error?: ErrorReport }, on?: Queryable): Promise<EntityProgress>;
  rolledBack(of: OfEntity, on?: Queryable): Promise<EntityProgress>;
  /** Throws UNKNOWN_ENTITY. While the entity is copying, counts are those of the last completion: ask the batches. */
  counts(runId: string, entity: string): Promise<EntityProgress>;
  /** In the order of levels. */
  list(runId: string): Promise<EntityProgress[]>;
}

const mayBecome: Readonly<
  Record<'finishing' | 'failed' | 'skipped' | 'rolled-back', readonly EntityState[]>
> = {
  finishing: ['copying', 'finishing'],
  failed: ['pending', 'copying', 'finishing', 'failed'],
  skipped: ['pending', 'skipped'],
  'rolled-back': ['pending', 'copying', 'finishing', 'completed', 'failed', 'skipped', 'rolled-back'],
};

export function createEntityStore(database: Database): EntityStore {
  async function move(
    { runId, entity, error }: OfEntity & { readonly error?: ErrorReport },
    state: keyof typeof mayBecome,
    on: Queryable = database,
  ): Promise<EntityProgress> {
    const values = [
      runId,
      entity,
      state,
      mayBecome[state],
      error ? JSON.stringify(error) : null,
      state !== 'finishing',
    ];
    const [moved] = await on.query<EntityProgress>(moveEntitySql, values);
    return moved ?? refuse(runId, entity, state, on);
  }

  async function counts(runId: string, entity: string, on: Queryable = database): Promise<EntityProgress> {
    const [found] = await on.query<EntityProgress>(getEntitySql, [runId, entity]);
    if (found) return found;
    throw new MigrationError({
      code: 'UNKNOWN_ENTITY',
      message: `Run ${runId} has no entity named ${entity}.`,
      hint: `towpath status ${runId} --details lists its entities.`,
      details: { runId, entity },
    });
  }

  async function refuse(runId: string, entity: string, state: EntityState, on: Queryable): Promise<never> {
    const { state: currentState } = await counts(runId, entity, on);
    throw new MigrationError({
      code: 'ILLEGAL_ENTITY_STATE',
      message: `${entity} is ${currentState.replace('-', ' ')} and cannot become ${state.replace('-', ' ')}.`,
      hint: `towpath status ${runId} --details shows where each entity stands.`,
      details: { runId, entity, currentState, wantedState: state },
    });
  }

  return {
    async register(runId, entities, on = database) {
      const names = entities.map(({ entity }) => entity);
      await on.query(registerEntitiesSql, [runId, names, entities.map(({ level }) => level)]);
    },
    async leaveOut(runId, entities, on = database) {
      await on.query(leaveOutEntitiesSql, [runId, entities]);
    },
    async start({ runId, entity, expectedRows, excludedRows = 0 }, on = database) {
      await on.query(startEntitySql, [runId, entity, expectedRows, excludedRows]);
    },
    finishing: (of, on) => move(of, 'finishing', on),
    async complete({ runId, entity, entityNo }, on = database) {
      const [done] = await on.query<EntityProgress>(completeEntitySql, [runId, entity, entityNo]);
      if (!done) return refuse(runId, entity, 'completed', on);
      const { rowsRead, rowsWritten, rowsQuarantined, rowsRepaired, rowsDuplicate, milliseconds } = done;
      return { rowsRead, rowsWritten, rowsQuarantined, rowsRepaired, rowsDuplicate, milliseconds };
    },
    fail: (of, on) => move(of, 'failed', on),
    skip: (of, on) => move(of, 'skipped', on),
    rolledBack: (of, on) => move(of, 'rolled-back', on),
    counts,
    list: (runId) => database.query<EntityProgress>(listEntitiesSql, [runId]),
  };
}
