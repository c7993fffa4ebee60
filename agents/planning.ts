/** Makes, explains and changes the plan. */
import { type AgentDependencies, createAgent } from './create-agent.ts';

export function createPlanning(deps: AgentDependencies) {
  return createAgent(
    {
      id: 'planning',
      name: 'Planning',
      description:
        'Makes, explains and changes the plan: which kinds of records move, in which order, what stays behind, filters, risks, time. Edits the plan file only and can ask a person for an approval.',
      maxSteps: 8,
    },
    deps,
  );
}
