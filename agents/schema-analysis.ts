/** Looks at the old database and says what is there. */
import { type AgentDependencies, createAgent } from './create-agent.ts';

export function createSchemaAnalysis(deps: AgentDependencies) {
  return createAgent(
    {
      id: 'schema-analysis',
      name: 'Schema analysis',
      description:
        'Finds out what is in the old database: checks that both databases can be reached, reads structure and statistics, describes tables and fields, names what needs attention, and says what has changed since the plan was made. Reads only.',
      maxSteps: 8,
    },
    deps,
  );
}
