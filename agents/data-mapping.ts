/** Settles with the person what becomes of each field. */
import { type AgentDependencies, createAgent } from './create-agent.ts';

export function createDataMapping(deps: AgentDependencies) {
  return createAgent(
    {
      id: 'data-mapping',
      name: 'Data mapping',
      description:
        'Settles what becomes of each field: explains a mapping, changes transforms, names and policies, leaves fields out, brings unsure suggestions to a person; drafts, tries and proposes code where no transform fits. Edits the plan file only.',
      maxSteps: 14,
    },
    deps,
  );
}
