/** Opens the engine for an entry point: connections, log, clock and failpoints from the configuration. */
import { randomUUID } from 'node:crypto';
import type { CodeRunners } from '../contract/code.ts';
import type { Engine } from '../contract/contract.ts';
import type { ErrorHandler } from '../contract/recovery.ts';
import { createClock } from '../core/clock.ts';
import type { Config, ConnectionConfig } from '../core/config.ts';
import { createFailpoints } from '../core/failpoints.ts';
import { createLog, type Log } from '../core/log.ts';
import { createDatabase, type Database, type Role } from '../db/database.ts';
import { absentDatabase, missingConfig } from './absent-database.ts';
import { createEngine } from './engine.ts';
import { logEvents } from './log-events.ts';

/** Which databases the caller talks to. The other one need not be configured. */
export type Needs = 'source' | 'target' | 'both' | 'none';

export interface EngineRequest {
  readonly config: Config;
  readonly needs: Needs;
  /** The target's connections refuse to write: for dry runs. */
  readonly readOnlyTarget: boolean;
  readonly logFolder: string;
  /** What runs the code of a plan. Stays the caller's. */
  readonly code?: CodeRunners | null;
  /** Asked before the table of docs/recovery-table.md what follows an error. */
  readonly errorHandlers?: readonly ErrorHandler[];
}

/** `close` ends the connections and the log too. */
export async function openEngine({
  config,
  needs,
  readOnlyTarget,
  logFolder,
  code = null,
  errorHandlers = [],
}: EngineRequest): Promise<Engine> {
  checkConfigured(needs, 'source', config.source);
  checkConfigured(needs, 'target', config.target);
  let ahead = 0;
  const clock = createClock(() => ahead);
  const log = createLog({ level: config.logLevel, folder: logFolder, clock, correlationId: randomUUID() });
  const source = open(config.source, 'source', log, { maxConnections: config.maxConnections });
  const target = open(config.target, 'target', log, {
    maxConnections: config.maxConnections,
    readOnly: readOnlyTarget,
  });
  const failpoints = createFailpoints(config.failpoints, {
    turnClock: (milliseconds) => {
      ahead += milliseconds;
    },
    fired: (point) => log.warn('failpoint', point),
  });
  const engine = createEngine({ config, source, target, log, clock, failpoints, code, errorHandlers });
  logEvents(engine.events, log);
  return {
    ...engine,
    async close() {
      try {
        await engine.close();
      } finally {
        await Promise.allSettled([source.end(), target.end()]);
        log.close();
      }
    },
  };
}

function open(
  connection: ConnectionConfig | null,
  role: Role,
  log: Log,
  options: { readonly maxConnections: number; readonly readOnly?: boolean },
): Database {
  return connection === null ? absentDatabase(role) : createDatabase(connection, role, { log, ...options });
}

function checkConfigured(needs: Needs, role: Role, connection: ConnectionConfig | null): void {
  if (connection === null && (needs === 'both' || needs === role)) throw missingConfig(role);
}
