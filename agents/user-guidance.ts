/** Explains, and only looks. */
import { type AgentDependencies, createAgent } from './create-agent.ts';

export function createUserGuidance(deps: AgentDependencies) {
  return createAgent(
    {
      id: 'user-guidance',
      name: 'User guidance',
      description:
        'Explains in plain words: what a term means, where we are, why records were set aside, what became of one record, who did what. Looks only and changes nothing.',
      maxSteps: 8,
    },
    deps,
  );
}
