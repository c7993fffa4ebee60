/**
 * One run at a time on a target. A session-level advisory lock on a session of its own, so that it ends with the process
 * that holds it, however that dies: nothing to clean up, nothing to time out.
 * A connection can be lost on this side only: the server keeps its session, and the lock with it, until it notices. Then nobody
 * else can have had the lock, so that session is ended and the lock handed on without a moment in which it is free.
 * Relies on a session that stays one: behind a pooler in transaction mode it would be lost at once (preflight refuses those).
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { MigrationError } from '../core/errors.ts';
import type { Database, Session } from '../db/database.ts';
import {
  endHolderSql,
  isHeldBySql,
  lockHolderSql,
  thisBackendSql,
  tryLockSql,
  unlockSql,
  waitForLockSql,
} from './run-lock.sql.ts';
import type { RunStore } from './run-store.ts';

export interface LockHolder {
  /** Null where the holder has not named its run. */
  readonly runId: string | null;
  readonly application: string;
  readonly address: string;
  /** ISO time. */
  readonly since: string;
  readonly ownerPid: number | null;
  readonly ownerHost: string | null;
  readonly ownerApp: string | null;
}

export interface RunLock {
  /** True while the session that holds it lives. */
  readonly held: boolean;
  /**
   * Looked at before each level. Where the session ended, the lock is taken again if nobody can have had it in between; otherwise
   * throws RUN_LOCK_LOST, which ends the run.
   */
  check(): Promise<void>;
  release(): Promise<void>;
}

export interface RunLocks {
  /** Throws RUN_IN_PROGRESS, naming the other run, its process and since when. */
  acquire(runId: string): Promise<RunLock>;
  /** The same for work that is no run of the ledger. */
  acquireFor(purpose: string): Promise<RunLock>;
  /** Throws RUN_IN_PROGRESS where somebody holds the lock; a look only, taken before anything is written. */
  ensureFree(): Promise<void>;
  /** Who holds the lock of this target, or null. */
  holder(): Promise<LockHolder | null>;
}

/** The server's side of a session. */
interface Backend {
  readonly pid: number;
  readonly start: string;
}

/** How often, and how many milliseconds apart, the server is asked to end a session of ours. */
const ASKED = 200;
const EVERY_MILLISECONDS = 50;

export function createRunLocks(database: Database, runs: Pick<RunStore, 'own' | 'get'>): RunLocks {
  const holder = async () => (await database.query<LockHolder>(lockHolderSql))[0] ?? null;

  async function lock(session: Session, runId: string | null, app: string): Promise<void> {
    const [row] = await session.query<{ locked: boolean }>(tryLockSql);
    if (!row!.locked) throw inProgress(runId, await holder());
    if (runId !== null) await runs.own(runId, { pid: process.pid, host: hostname(), app });
  }

  async function acquire(purpose: string, runId: string | null): Promise<RunLock> {
    // whoever takes the run up writes a name of its own, so that a lock that was lost and is free again tells who had it
    const app = `towpath-${randomBytes(4).toString('hex')}`;
    let session = await database.session({ purpose });
    let backend: Backend;
    try {
      backend = await backendOf(session);
      await lock(session, runId, app);
    } catch (error) {
      await session.release();
      throw error;
    }
    return {
      get held() {
        return !session.lost;
      },
      async check() {
        try {
          await session.query('select');
        } catch (error) {
          await session.release();
          session = await regain(backend, { runId, purpose, app }, error);
          backend = await backendOf(session);
        }
      },
      async release() {
        if (!session.lost) await session.query(unlockSql).catch(() => undefined);
        await session.release();
      },
    };
  }

  async function regain(gone: Backend, of: Lost, cause: unknown): Promise<Session> {
    const session = await database.session({ purpose: of.purpose });
    try {
      if (!(await takeAgain(session, gone, of))) throw lockLost(of, cause);
      return session;
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  /** A lock that was free may have been somebody's meanwhile; the run says so, and other work cannot know. */
  async function takeAgain(session: Session, gone: Backend, { runId, app }: Lost): Promise<boolean> {
    const [kept] = await session.query<{ held: boolean }>(isHeldBySql, [gone.pid, gone.start]);
    if (kept!.held) await takeOver(session, gone);
    else if (runId === null || !(await session.query<{ locked: boolean }>(tryLockSql))[0]!.locked)
      return false;
    return runId === null || (await runs.get(runId)).ownerApp === app;
  }

  /** Waits in the queue first, so that nobody comes between the end of the old session and the new one's turn. */
  async function takeOver(session: Session, gone: Backend): Promise<void> {
    const { pid } = await backendOf(session);
    let isTaken = false;
    const taken = session.query(waitForLockSql).finally(() => {
      isTaken = true;
    });
    taken.catch(() => undefined);
    for (let asked = 0; asked < ASKED && !isTaken; asked++) {
      await database.query(endHolderSql, [gone.pid, gone.start, pid]);
      await Promise.race([taken, wait(EVERY_MILLISECONDS)]);
    }
    if (!isTaken) await session.release(); // ends the waiting; the server does not let go of the old session
    await taken;
  }

  return {
    holder,
    async ensureFree() {
      const other = await holder();
      if (other !== null) throw inProgress(null, other);
    },
    acquire: (runId) => acquire(`run ${runId}`, runId),
    acquireFor: (purpose) => acquire(purpose, null),
  };
}

function inProgress(runId: string | null, other: LockHolder | null): MigrationError {
  const which = other?.runId ? `Run ${other.runId}` : 'Another run';
  const where =
    other?.ownerPid != null && other.runId
      ? `process ${other.ownerPid} on ${other.ownerHost}`
      : other?.address;
  const who = other ? ` (${where}, since ${other.since})` : '';
  return new MigrationError({
    code: 'RUN_IN_PROGRESS',
    message: `${which} is working on this target${who}, and there can be only one at a time.`,
    hint: other?.runId
      ? `Watch it with towpath watch ${other.runId}, or stop it with towpath pause ${other.runId}.`
      : 'Wait until it has ended, or end that process.',
    details: { runId, holder: other },
  });
}

async function backendOf(session: Session): Promise<Backend> {
  return (await session.query<Backend>(thisBackendSql))[0]!;
}

interface Lost {
  /** Null: work that is no run of the ledger. */
  readonly runId: string | null;
  readonly purpose: string;
  readonly app: string;
}

function lockLost({ runId, purpose }: Lost, cause: unknown): MigrationError {
  const who = runId === null ? `The ${purpose}` : `Run ${runId}`;
  return new MigrationError({
    code: 'RUN_LOCK_LOST',
    message: `${who} lost its hold on the target: the connection that held it ended, and another process may have worked on the target since.`,
    hint:
      runId === null
        ? 'See whether a run is under way: towpath list. When none is, begin again with the command that was stopped.'
        : `What was committed is kept. Where no other process works on it (towpath status ${runId}), continue with towpath resume ${runId}.`,
    details: { runId },
    cause,
  });
}
