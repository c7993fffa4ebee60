/**
 * Source and target as one process under faults sees them: through a proxy each, the target with the ledger of the rehearsal.
 * What dies with the process dies here: after `die` no byte of it reaches a server any more, whatever it still tries. For the
 * databases that is what kill -9 is: their connections end, and nobody says goodbye.
 */
import type { Clock } from '../../core/clock.ts';
import type { ConnectionConfig } from '../../core/connection-config.ts';
import type { Log } from '../../core/log.ts';
import { createDatabase, type Database } from '../../db/database.ts';
import type { Rename } from '../../db/rename-statements.ts';
import type { Side } from './draw-faults.ts';
import { createFaultProxy, type FaultProxy, type ProxiedServer } from './fault-proxy.ts';

export interface DisturbedConnections {
  readonly source: Database;
  readonly target: Database;
  readonly proxies: Readonly<Record<Side, FaultProxy>>;
  /** Stands still with the process: what died waits for nothing any more. */
  readonly clock: Clock;
  die(): Promise<void>;
  readonly isDead: boolean;
  close(): Promise<void>;
}

export interface ConnectionDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly rename: Rename;
  readonly clock: Clock;
  readonly log: Log;
}

/** A connection that is cut in the middle of logging in would otherwise be waited for long. */
const CONNECT_MILLISECONDS = 5000;
/** For databases to close in good order. */
const CLOSING_MILLISECONDS = 2000;

export async function openDisturbed(deps: ConnectionDependencies): Promise<DisturbedConnections> {
  const { clock, log, rename } = deps;
  const [from, into] = await Promise.all(
    [deps.source, deps.target].map(({ config }) => createFaultProxy(serverOf(config), { clock })),
  );
  const proxies = { source: from!, target: into! };
  const shared = { log, connectTimeoutMilliseconds: CONNECT_MILLISECONDS };
  const source = createDatabase(through(deps.source.config, proxies.source), 'source', shared);
  const target = createDatabase(through(deps.target.config, proxies.target), 'target', { ...shared, rename });
  const closeProxies = async () => {
    await Promise.all([proxies.source.close(), proxies.target.close()]);
  };
  const death = new AbortController();
  return {
    ...{ source, target, proxies },
    clock: {
      ...clock,
      sleep: (milliseconds, signal) =>
        clock.sleep(milliseconds, signal ? AbortSignal.any([signal, death.signal]) : death.signal),
    },
    get isDead() {
      return death.signal.aborted;
    },
    async die() {
      death.abort();
      for (const proxy of [proxies.source, proxies.target]) proxy.inject({ kind: 'reset' });
      await closeProxies();
    },
    async close() {
      for (const proxy of [proxies.source, proxies.target]) proxy.heal();
      const ended = Promise.allSettled([source.end(), target.end()]);
      const late = new AbortController();
      await Promise.race([ended, clock.sleep(CLOSING_MILLISECONDS, late.signal).catch(() => {})]);
      late.abort();
      await closeProxies();
      await ended;
    },
  };
}

function serverOf({ host, port }: ConnectionConfig): ProxiedServer {
  return host.startsWith('/') ? { socket: `${host}/.s.PGSQL.${port}` } : { host, port };
}

/** TLS passes through as it is: the certificate must still be that of the server. */
function through(config: ConnectionConfig, { host, port }: FaultProxy): ConnectionConfig {
  return { ...config, host, port, serverName: config.serverName ?? config.host };
}
