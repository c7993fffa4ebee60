/** Finds out whether what arrived is what was sent. */
import { type AgentDependencies, createAgent } from './create-agent.ts';

export function createValidation(deps: AgentDependencies) {
  return createAgent(
    {
      id: 'validation',
      name: 'Validation',
      description:
        'Compares old and new record by record, lists differences, explains single records, writes and reads the report, asks for the sign-off. Fixes nothing.',
      maxSteps: 8,
    },
    deps,
  );
}
