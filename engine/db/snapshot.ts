/**
 * One moment of the source for all reads of a run: a session holds an exported snapshot, others adopt it.
 *
 * Nothing depends on it. It ends with the session that holds it (a crash, a restart of the server), and some servers do
 * not export one at all: then each session reads its own moment, `shared` says so and `reason` why, and the differential
 * pass finds what moved in between.
 */
import type { Log } from '../core/log.ts';
import type { Database, Session } from './database.ts';
import { quoteLiteral } from './quote.ts';
import { classify, sqlstateOf } from './sqlstate.ts';

export interface SourceSnapshot {
  /** True while sessions see one moment. */
  readonly shared: boolean;
  /** Why they do not, in a sentence; null while they do. */
  readonly reason: string | null;
  /** A session inside a read-only transaction on the snapshot. The caller releases it. */
  session(purpose: string): Promise<Session>;
  /** Gives the snapshot up; sessions that adopted it keep it. */
  close(): Promise<void>;
}

const BEGIN = 'begin isolation level repeatable read read only';

/** Throws only where the source cannot be reached at all. */
export async function openSnapshot(
  source: Database,
  { log }: { readonly log: Pick<Log, 'warn'> },
): Promise<SourceSnapshot> {
  const holder = await source.session({ readOnly: true, purpose: 'snapshot' });
  let id: string | null = null;
  let reason: string | null = null;
  const giveUp = (why: string, error: unknown) => {
    id = null;
    reason = why;
    log.warn('snapshot.not-shared', { reason: why, code: classify(error).code });
  };
  try {
    await holder.query(BEGIN);
    const [row] = await holder.query<{ id: string }>('select pg_export_snapshot() as id');
    id = row!.id;
  } catch (error) {
    if (holder.lost) {
      await holder.release();
      throw error;
    }
    giveUp('The source server does not export a snapshot, so each connection reads its own moment.', error);
    await holder.release();
  }

  /** False where the snapshot is gone. 22023: unknown id, 55000: its transaction has ended, 42704: its file has gone. */
  async function adopted(session: Session, snapshot: string): Promise<boolean> {
    try {
      await session.query(`set transaction snapshot ${quoteLiteral(snapshot)}`);
      return true;
    } catch (error) {
      if (session.lost || !GONE.has(sqlstateOf(error) ?? '')) throw error;
      giveUp(
        'The connection that held the shared snapshot ended, so newer connections read a later moment.',
        error,
      );
      await session.query('rollback');
      return false;
    }
  }

  return {
    get shared() {
      return id !== null;
    },
    get reason() {
      return reason;
    },
    async session(purpose) {
      const session = await source.session({ readOnly: true, purpose });
      try {
        await session.query(BEGIN);
        if (id !== null && !(await adopted(session, id))) await session.query(BEGIN);
        return session;
      } catch (error) {
        await session.release(error instanceof Error ? error : undefined);
        throw error;
      }
    },
    close: () => holder.release(),
  };
}

const GONE = new Set(['22023', '55000', '42704', '0A000']);
