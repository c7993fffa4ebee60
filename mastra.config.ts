/**
 * The one place where a Mastra instance is made: the seven agents, their tools, the workflows, and where conversations and
 * suspended steps are kept. What it keeps may be lost without losing a record or the state of a run; those are the engine's.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Mastra, type Config as MastraConfig } from '@mastra/core';
import type { MastraCompositeStore } from '@mastra/core/storage';
import { LibSQLStore } from '@mastra/libsql';
import { MastraStorageExporter, Observability, SensitiveDataFilter } from '@mastra/observability';
import { PostgresStore } from '@mastra/pg';
import { createAgents } from './agents/agents.ts';
import type { AgentDependencies } from './agents/create-agent.ts';
import { createMastraLog } from './agents/mastra-log.ts';
import { type Config, type Journey, type JourneyGuide, type Log, tlsOptions } from './engine/index.ts';
import { createTools } from './tools/tools.ts';
import { createFileLease } from './workflows/file-lease.ts';
import { createJourneyGuide } from './workflows/journey-runner.ts';
import { createWorkflows } from './workflows/workflows.ts';

/** Mastra's own type for its tools has open inputs; ours are checked by the gate. */
type MastraTools = NonNullable<MastraConfig['tools']>;

export interface MastraDependencies {
  readonly journey: Journey;
  readonly models: AgentDependencies['models'];
  readonly log: Log;
  readonly storage: MastraCompositeStore;
  /** Where the lock lies that lets one process at a time work on the guided migration. */
  readonly stateFolder: string;
  /** Where Mastra's own server listens, if somebody starts it. */
  readonly server?: { readonly host: string; readonly port: number };
}

export interface MastraInUse {
  readonly mastra: Mastra;
  /** The guided migration, for whoever drives it without a model. */
  readonly guide: JourneyGuide;
  /** Writes what is still to be written and closes the storage. */
  close(): Promise<void>;
}

/** Makes the instance with everything registered; nothing runs or listens yet. The journey stays the caller's to close. */
export function createMastra(deps: MastraDependencies): MastraInUse {
  const { journey, models, log, storage, stateFolder, server } = deps;
  const lease = createFileLease(join(stateFolder, 'guide.lock'));
  const workflows = createWorkflows({ journey, log, lease });
  const guide = createJourneyGuide({ workflow: workflows.guidedMigration, journey, lease, log });
  const tools = createTools({ journey, guide, log });
  const agents = createAgents({ models, tools, log });
  const observability = createObservability();
  const mastra = new Mastra({
    agents,
    tools: tools as MastraTools,
    workflows,
    storage,
    observability,
    logger: createMastraLog(log),
    ...(server ? { server: listenAt(server) } : {}),
  });
  flushBeforeShutdown(mastra, observability);
  return { mastra, guide, close: () => mastra.shutdown() };
}

/** Whoever ends it, Mastra's own server too: otherwise the storage is closed while the last spans are on their way to it. */
function flushBeforeShutdown(mastra: Mastra, observability: Observability): void {
  const shutdown = mastra.shutdown.bind(mastra);
  mastra.shutdown = async (...options) => {
    await observability.getDefaultInstance()?.flush();
    await shutdown(...options);
  };
}

/** Pages of other sites may not call it, although it asks nobody for a password. */
function listenAt({
  host,
  port,
}: NonNullable<MastraDependencies['server']>): NonNullable<MastraConfig['server']> {
  return { host, port, cors: { origin: [`http://${host}:${port}`, `http://localhost:${port}`] } };
}

/** Requests, tool calls and steps, kept in the storage for the playground; nothing is sent anywhere. */
function createObservability(): Observability {
  return new Observability({
    configs: {
      default: {
        serviceName: 'towpath',
        exporters: [new MastraStorageExporter()],
        spanOutputProcessors: [new SensitiveDataFilter()],
      },
    },
  });
}

/** Conversations in a file of the state folder, or in a schema of their own in a PostgreSQL database. */
export function openStorage(config: Pick<Config, 'storage'>, file: string): MastraCompositeStore {
  return config.storage === null ? openFile(file) : openDatabase(config.storage);
}

/** For its owner's eyes only. */
function openFile(file: string): MastraCompositeStore {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  return new LibSQLStore({ id: 'towpath', url: `file:${file}` });
}

function openDatabase(config: NonNullable<Config['storage']>): MastraCompositeStore {
  const { host, port, database, user, password } = config;
  return new PostgresStore({
    id: 'towpath',
    schemaName: 'mastra',
    host,
    port,
    database,
    user,
    password: password?.reveal() ?? '',
    ssl: tlsOptions(config, 'storage'),
  });
}
