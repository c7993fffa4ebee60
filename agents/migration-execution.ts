/** Rehearses, starts, holds, continues and takes back. */
import { type AgentDependencies, createAgent } from './create-agent.ts';

export function createMigrationExecution(deps: AgentDependencies) {
  return createAgent(
    {
      id: 'migration-execution',
      name: 'Migration execution',
      description:
        'Rehearses, starts, pauses, continues, cancels and takes back a migration, goes past a closed gate, and says how far it is. Whatever writes needs an approval that a person gave; without one it shows the card and does nothing.',
      maxSteps: 8,
    },
    deps,
  );
}
