import type { Database, Session } from '../db/database.ts';
import { type Check, fail, pass, type Side, type Verdict } from './check.ts';

/** Port of Supabase's transaction pooler. */
const TRANSACTION_POOLER_PORT = 6543;

/**
 * Does a connection stay with one server process? A pooler in transaction mode gives each transaction another one, so
 * settings, locks and COPY's protections are lost. It is seen when a second connection gets the first one's process,
 * or the first one's process or setting changes.
 */
export function pooler(side: Side): Check {
  return {
    name: `${side}-pooler`,
    needs: [side],
    async look(context) {
      if (context.database(side).config.port === TRANSACTION_POOLER_PORT) {
        return refused(
          side,
          `The ${side} address uses port ${TRANSACTION_POOLER_PORT}, Supabase’s transaction pooler.`,
        );
      }
      const held = await observeSessions(context.database(side));
      if (held.stays) {
        return pass(
          held.pooled ? 'A pooler stands in between, and keeps sessions.' : 'The connection is direct.',
        );
      }
      return refused(
        side,
        `The ${side} address leads to a pooler in transaction mode, which cannot hold a session.`,
      );
    },
  };
}

function refused(side: Side, message: string): Verdict {
  return fail(
    message,
    `Use the direct connection or the session pooler for the ${side}; with Supabase both are on port 5432 (the direct one often over IPv6 only).`,
  );
}

interface Backend {
  readonly pid: number;
  readonly mark: string | null;
}

const BACKEND = `select pg_backend_pid() as pid, current_setting('towpath.mark', true) as mark`;

/** `stays`: a session keeps its server process; `pooled`: something stands in between. */
export async function observeSessions(database: Database): Promise<{ stays: boolean; pooled: boolean }> {
  const first = await database.session({ purpose: 'preflight' });
  try {
    await first.query(`select set_config('towpath.mark', 'first', false)`);
    const before = await backendOf(first);
    const second = await database.session({ purpose: 'preflight' });
    try {
      await second.query('begin');
      const other = await backendOf(second);
      const shared = other.pid === before.pid || other.mark === 'first';
      const after = shared ? other : await backendOf(first);
      await second.query('rollback');
      const stays = !shared && after.pid === before.pid && after.mark === 'first';
      return { stays, pooled: processOf(first) !== null && processOf(first) !== before.pid };
    } finally {
      await second.release();
    }
  } finally {
    await first.release();
  }
}

async function backendOf(session: Session): Promise<Backend> {
  const [row] = await session.query<Backend>(BACKEND);
  return row!;
}

/** The process number that the server named when connecting; a pooler names one of its own making. */
function processOf({ client }: Session): number | null {
  const { processID } = client as { processID?: unknown };
  return typeof processID === 'number' ? processID : null;
}
