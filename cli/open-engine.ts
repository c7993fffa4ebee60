/** Builds the real engine for one command: connections, log, clock and failpoints from the configuration. */
import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/contract/contract.ts';
import { createClock } from '../engine/core/clock.ts';
import type { ConnectionConfig } from '../engine/core/config.ts';
import { createFailpoints } from '../engine/core/failpoints.ts';
import { createLog, type Log } from '../engine/core/log.ts';
import { createDatabase, type Database, type Role } from '../engine/db/database.ts';
import { createEngine } from '../engine/run/engine.ts';
import { absentDatabase, missingConfig } from './absent-database.ts';
import type { EngineRequest, Needs } from './command.ts';
import { logEvents } from './log-events.ts';

export async function openEngine({
  config,
  needs,
  readOnlyTarget,
  logFolder,
}: EngineRequest): Promise<Engine> {
  checkConfigured(needs, 'source', config.source);
  checkConfigured(needs, 'target', config.target);
  const clock = createClock();
  const log = createLog({ level: config.logLevel, folder: logFolder, clock, correlationId: randomUUID() });
  const source = open(config.source, 'source', log, { maxConnections: config.maxConnections });
  const target = open(config.target, 'target', log, {
    maxConnections: config.maxConnections,
    readOnly: readOnlyTarget,
  });
  const failpoints = createFailpoints(config.failpoints);
  const engine = createEngine({ config, source, target, log, clock, failpoints });
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
