/**
 * Runs and their states. Legal moves are in run-states.ts; the database enforces them: one update that names the
 * states it may come from, so that two processes cannot both win.
 * Every move stands in the audit log, entered in the same transaction.
 * The namespace of ids is made once per migration and shared by all its runs, so a later run knows its own rows.
 */
import { randomUUID } from 'node:crypto';
import { type ErrorReport, MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import type { AuditStore } from './audit-store.ts';
import type { Queryable } from './queryable.ts';
import { FINAL_STATES, type RunState, statesBefore } from './run-states.ts';
import {
  createRunSql,
  currentRunSql,
  followPlanSql,
  getRunSql,
  heartbeatSql,
  listRunsSql,
  lockMigrationSql,
  mergeOptionsSql,
  moveRunSql,
  namespaceSql,
  ownRunSql,
  requestActionSql,
} from './run-store.sql.ts';

export type RequestedAction = 'pause' | 'cancel';

/** Times are ISO texts in UTC. The namespace is not among the fields: it is a secret. */
export interface Run {
  readonly runId: string;
  readonly migration: string;
  readonly state: RunState;
  readonly planHash: string;
  readonly mode: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly sourceFingerprint: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
  readonly requestedAction: RequestedAction | null;
  readonly ownerPid: number | null;
  readonly ownerHost: string | null;
  readonly ownerApp: string | null;
  readonly heartbeatAt: string | null;
  readonly error: ErrorReport | null;
}

export interface NewRun {
  readonly runId: string;
  readonly migration: string;
  readonly planHash: string;
  /** Default created. */
  readonly state?: RunState;
  /** Default full. */
  readonly mode?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly sourceFingerprint?: string | null;
}

export interface RunStore {
  create(run: NewRun): Promise<Run>;
  /** Throws ILLEGAL_RUN_STATE where the run is in no state that leads there, UNKNOWN_RUN where there is no such run. */
  move(
    runId: string,
    state: RunState,
    options?: {
      readonly error?: ErrorReport;
      readonly on?: Queryable;
      /** Added to the run's options in the same statement, and entered with the move. */
      readonly remember?: Readonly<Record<string, unknown>>;
    },
  ): Promise<Run>;
  /** Throws UNKNOWN_RUN. */
  get(runId: string): Promise<Run>;
  find(runId: string): Promise<Run | null>;
  /** Newest first. */
  list(migration?: string): Promise<Run[]>;
  latest(migration?: string): Promise<Run | null>;
  /** The newest of which something is in the target or may come: neither undone nor given up before it brought a row. */
  current(migration?: string): Promise<Run | null>;
  /** The 16 bytes that ids are derived from. Never logged, never reported. */
  namespace(runId: string): Promise<Uint8Array>;
  /** Asks the process that runs it to stop; `by` stands in the audit log. Throws RUN_IS_OVER for a finished run. */
  request(runId: string, action: RequestedAction, by?: string): Promise<void>;
  clearRequest(runId: string): Promise<void>;
  /** Names the process that works on it now. */
  own(
    runId: string,
    owner: { readonly pid: number; readonly host: string; readonly app: string },
  ): Promise<void>;
  /** Says that the process lives; returns what it was asked to do. */
  heartbeat(runId: string): Promise<RequestedAction | null>;
  /** The plan that the run goes by from now on; what it moved before must be what that says too. */
  follow(runId: string, planHash: string, on?: Queryable): Promise<void>;
  /** Adds to the run's options. */
  remember(runId: string, options: Readonly<Record<string, unknown>>, on?: Queryable): Promise<void>;
}

/** Of acts that nobody in particular did: the person whose yes they rest on stands in the entry of the approval. */
const ACTOR = 'towpath';

export function createRunStore(database: Database, audit: Pick<AuditStore, 'add'>): RunStore {
  async function find(runId: string, on: Queryable = database): Promise<Run | null> {
    return (await on.query<Run>(getRunSql, [runId]))[0] ?? null;
  }

  async function get(runId: string, on: Queryable = database): Promise<Run> {
    const run = await find(runId, on);
    if (run) return run;
    throw new MigrationError({
      code: 'UNKNOWN_RUN',
      message: `There is no run ${runId} in this target.`,
      hint: 'towpath list shows the runs; the target database must be the one it ran on.',
      details: { runId },
    });
  }

  async function moveOn(
    on: Queryable,
    runId: string,
    state: RunState,
    { error, remember = {} }: Omit<NonNullable<Parameters<RunStore['move']>[2]>, 'on'>,
  ): Promise<Run> {
    const [moved] = await on.query<Run & { readonly movedFrom: RunState }>(moveRunSql, [
      runId,
      state,
      statesBefore(state),
      error ? JSON.stringify(error) : null,
      FINAL_STATES.includes(state),
      JSON.stringify(remember),
    ]);
    if (!moved) throw illegalMove(await get(runId, on), state);
    const { movedFrom, ...run } = moved;
    await enter(on, run, movedFrom, remember);
    return run;
  }

  async function enter(on: Queryable, run: Run, from: RunState | null, more: object = {}): Promise<void> {
    const { runId, migration, state, planHash, mode, error } = run;
    const details = { runId, migration, from, planHash, mode, error: error?.code ?? null, ...more };
    await audit.add({ actor: ACTOR, action: `run.${state}`, details }, on);
  }

  return {
    get,
    find,
    create: (run) =>
      database.transaction(async (session) => {
        await session.query(lockMigrationSql, [run.migration]);
        const [created] = await session.query<Run>(createRunSql, [
          run.runId,
          run.migration,
          run.state ?? 'created',
          run.planHash,
          randomUUID(),
          run.mode ?? 'full',
          JSON.stringify(run.options ?? {}),
          run.sourceFingerprint ?? null,
        ]);
        await enter(session, created!, null);
        return created!;
      }),
    move: (runId, state, { on, ...more } = {}) =>
      on
        ? moveOn(on, runId, state, more)
        : database.transaction((session) => moveOn(session, runId, state, more)),
    list: (migration) => database.query<Run>(listRunsSql, [migration ?? null]),
    latest: async (migration) =>
      (await database.query<Run>(`${listRunsSql} limit 1`, [migration ?? null]))[0] ?? null,
    current: async (migration) => (await database.query<Run>(currentRunSql, [migration ?? null]))[0] ?? null,
    async namespace(runId) {
      const [row] = await database.query<{ namespace: string }>(namespaceSql, [runId]);
      if (!row) await get(runId);
      return Uint8Array.from(Buffer.from(row!.namespace.replaceAll('-', ''), 'hex'));
    },
    async request(runId, action, by = ACTOR) {
      const over: RunState[] = [...FINAL_STATES];
      await database.transaction(async (session) => {
        const done = await session.query(requestActionSql, [runId, action, over]);
        if (done.length === 0) throw isOver(await get(runId, session), action);
        await audit.add({ actor: by, action: `run.${action}-requested`, details: { runId } }, session);
      });
    },
    async clearRequest(runId) {
      await database.query(requestActionSql, [runId, null, []]);
    },
    async own(runId, { pid, host, app }) {
      const done = await database.query(ownRunSql, [runId, pid, host, app]);
      if (done.length === 0) await get(runId);
    },
    async heartbeat(runId) {
      const [row] = await database.query<{ requestedAction: RequestedAction | null }>(heartbeatSql, [runId]);
      return row?.requestedAction ?? null;
    },
    async follow(runId, planHash, on = database) {
      const done = await on.query(followPlanSql, [runId, planHash]);
      if (done.length === 0) await get(runId, on);
    },
    async remember(runId, options, on = database) {
      const done = await on.query(mergeOptionsSql, [runId, JSON.stringify(options)]);
      if (done.length === 0) await get(runId, on);
    },
  };
}

function illegalMove(run: Run, wanted: RunState): MigrationError {
  return new MigrationError({
    code: 'ILLEGAL_RUN_STATE',
    message: `Run ${run.runId} is ${words(run.state)} and cannot become ${words(wanted)}.`,
    hint: `towpath status ${run.runId} shows where it stands and what can follow.`,
    details: { runId: run.runId, currentState: run.state, wantedState: wanted },
  });
}

function isOver(run: Run, action: RequestedAction): MigrationError {
  return new MigrationError({
    code: 'RUN_IS_OVER',
    message: `Run ${run.runId} is ${words(run.state)}; there is nothing left to ${action}.`,
    hint: 'towpath list shows the runs that are under way.',
    details: { runId: run.runId, currentState: run.state },
  });
}

function words(state: RunState): string {
  return state.replace('-', ' ');
}
