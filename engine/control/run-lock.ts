/**
 * One run at a time on a target. A session-level advisory lock on a session of its own, so that it ends with the process
 * that holds it, however that dies: nothing to clean up, nothing to time out.
 * Relies on a session that stays one: behind a pooler in transaction mode it would be lost at once (preflight refuses those).
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { MigrationError } from '../core/errors.ts';
import type { Database, Session } from '../db/database.ts';
import { lockHolderSql, tryLockSql, unlockSql } from './run-lock.sql.ts';
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
   * Looked at before each level. Where the session ended, the lock is taken again if nobody had it in between; otherwise
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
    try {
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
          if (runId === null) throw lockLost(purpose, error);
          session = await regain(session, { runId, purpose, app }, error);
        }
      },
      async release() {
        if (!session.lost) await session.query(unlockSql).catch(() => undefined);
        await session.release();
      },
    };
  }

  /** Only where the run still names this process as its owner: nobody else has worked on it meanwhile. */
  async function regain(
    gone: Session,
    { runId, purpose, app }: { readonly runId: string; readonly purpose: string; readonly app: string },
    cause: unknown,
  ): Promise<Session> {
    await gone.release();
    const session = await database.session({ purpose });
    try {
      const [row] = await session.query<{ locked: boolean }>(tryLockSql);
      if (row!.locked && (await runs.get(runId)).ownerApp === app) return session;
      throw lockLost(runId, cause);
    } catch (error) {
      await session.release();
      throw error;
    }
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

function lockLost(runId: string, cause: unknown): MigrationError {
  return new MigrationError({
    code: 'RUN_LOCK_LOST',
    message: `Run ${runId} lost its hold on the target, because the connection that held it ended and another process has worked on it since.`,
    hint: `What was committed is kept. Continue with towpath resume ${runId}.`,
    details: { runId },
    cause,
  });
}
