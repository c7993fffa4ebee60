/** The seven. Their names here are those under which Mastra knows them; in the permission table they stand by their ids. */
import type { Agent } from '@mastra/core/agent';
import type { Log } from '../engine/index.ts';
import type { AgentDependencies } from './create-agent.ts';
import { createDataMapping } from './data-mapping.ts';
import { createMigrationExecution } from './migration-execution.ts';
import { createOrchestrator } from './orchestrator.ts';
import { createPlanning } from './planning.ts';
import { createSchemaAnalysis } from './schema-analysis.ts';
import { createUserGuidance } from './user-guidance.ts';
import { createValidation } from './validation.ts';

export function createAgents({ log, ...deps }: AgentDependencies & { readonly log: Log }) {
  const specialists = {
    schemaAnalysis: createSchemaAnalysis(deps),
    planning: createPlanning(deps),
    dataMapping: createDataMapping(deps),
    migrationExecution: createMigrationExecution(deps),
    validation: createValidation(deps),
    userGuidance: createUserGuidance(deps),
  } satisfies Record<string, Agent>;
  return { orchestrator: createOrchestrator({ ...deps, log, specialists }), ...specialists };
}
