/**
 * The one place where a Mastra instance is made: the seven agents, their tools, the workflows, and where conversations and
 * suspended steps are kept. What it keeps may be lost without losing a record or the state of a run; those are the engine's.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Config, Mastra } from '@mastra/core';
import type { MastraCompositeStore } from '@mastra/core/storage';
import { LibSQLStore } from '@mastra/libsql';
import { MastraStorageExporter, Observability, SensitiveDataFilter } from '@mastra/observability';
import { createAgents } from './agents/agents.ts';
import type { AgentDependencies } from './agents/create-agent.ts';
import { createMastraLog } from './agents/mastra-log.ts';
import type { Journey, JourneyGuide, Log } from './engine/index.ts';
import { createTools } from './tools/tools.ts';
import { createFileLease } from './workflows/file-lease.ts';
import { createJourneyGuide } from './workflows/journey-runner.ts';
import { createWorkflows } from './workflows/workflows.ts';

/** Mastra's own type for its tools has open inputs; ours are checked by the gate. */
type MastraTools = NonNullable<Config['tools']>;

export interface MastraDependencies {
  readonly journey: Journey;
  readonly models: AgentDependencies['models'];
  readonly log: Log;
  readonly storage: MastraCompositeStore;
  /** Where the lock lies that lets one process at a time work on the guided migration. */
  readonly stateFolder: string;
}

export interface MastraInUse {
  readonly mastra: Mastra;
  /** The guided migration, for whoever drives it without a model. */
  readonly guide: JourneyGuide;
  /** Writes what is still to be written and closes the storage. */
  close(): Promise<void>;
}

export function createMastra({
  journey,
  models,
  log,
  storage,
  stateFolder,
}: MastraDependencies): MastraInUse {
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
  });
  return {
    mastra,
    guide,
    async close() {
      await observability.getDefaultInstance()?.flush(); // before the storage closes, or the last spans are lost
      await mastra.shutdown();
    },
  };
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

/** Conversations in one file of the state folder, for its owner's eyes only. */
export function openFileStorage(file: string): MastraCompositeStore {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  return new LibSQLStore({ id: 'towpath', url: `file:${file}` });
}
