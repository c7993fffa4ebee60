/**
 * The models that the agents speak with: the one that the settings name, behind its guards, or the offline guide. With the
 * offline guide nothing leaves this machine, so nothing is recorded, masked or limited.
 */
import type { MastraModelConfig } from '@mastra/core/llm';
import type { Clock, Config, Log } from '../../engine/index.ts';
import type { AgentId } from '../../tools/permissions.ts';
import { type BudgetSettings, createBudget, type ModelUsage } from './budget.ts';
import { type ConnectionSettings, chooseConnection } from './connection.ts';
import { createConversations } from './conversations.ts';
import { createEgressRecord, type EgressEntry } from './egress-record.ts';
import { createEndpoint } from './endpoint.ts';
import { createGuardedModel } from './guarded-model.ts';
import type { LanguageModel } from './language-model.ts';

export interface Models {
  /** As it is told to a person. */
  readonly name: string;
  /** True: no AI model, and nothing leaves this machine. */
  readonly offline: boolean;
  forAgent(agent: AgentId): MastraModelConfig;
  /** Of this process, or of one conversation in it. */
  usage(conversation?: string): ModelUsage;
  readonly egress: { readonly file: string; read(): Promise<EgressEntry[]> };
}

export type ModelSettings = ConnectionSettings & BudgetSettings & Pick<Config, 'modelTimeoutMilliseconds'>;

export interface ModelsOptions {
  readonly config: ModelSettings;
  readonly log: Log;
  readonly clock: Clock;
  readonly egressFile: string;
  readonly offlineGuide: LanguageModel;
  /** For tests; this process's own otherwise. */
  readonly fetch?: typeof fetch;
  readonly random?: () => number;
}

/** Throws INVALID_CONFIG where the settings do not fit together. */
export function createModels(options: ModelsOptions): Models {
  const { config, clock, offlineGuide } = options;
  const connection = chooseConnection(config);
  const budget = createBudget(config);
  const egress = createEgressRecord(options.egressFile);
  const common = { usage: budget.usage, egress: { file: egress.file, read: egress.read } };
  if (connection === null) {
    return { ...common, name: offlineGuide.modelId, offline: true, forAgent: () => forMastra(offlineGuide) };
  }
  const parts = {
    budget,
    egress,
    clock,
    log: options.log.child({ component: 'model' }),
    endpoint: createEndpoint(connection),
    conversations: createConversations(),
    fetch: options.fetch ?? fetch,
    random: options.random ?? Math.random,
    timeoutMilliseconds: config.modelTimeoutMilliseconds,
  };
  return {
    ...common,
    name: `${connection.model} at ${connection.host}`,
    offline: false,
    forAgent: (agent) => forMastra(createGuardedModel({ ...parts, agent })),
  };
}

/**
 * The one cast: Mastra declares the shape of a model from an older release of the same declarations, which lacks the
 * finish reason `interrupted`. Its answers are errors here before Mastra sees them.
 */
function forMastra(model: LanguageModel): MastraModelConfig {
  return model as unknown as MastraModelConfig;
}
