/**
 * Workflows that have their place but not yet their engine. They call what exists and then say so, as a card; they claim
 * nothing. The issues that build synchronisation and schema clean-up put their steps here.
 */
import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { beginStep } from './begin.ts';
import { problemCard } from './cards.ts';
import { ask, guidedStep, type WorkflowDependencies } from './guided-step.ts';
import { type StepVerdict, strictStep } from './strict-step.ts';
import { guidedInput, trail } from './trail.ts';

const notBuilt = z.object({ outcome: z.literal('not-built-yet'), words: z.string() });

export function createDifferentialSync(deps: WorkflowDependencies) {
  return shell(deps, {
    id: 'differential-sync',
    description: 'Not built yet: brings over what changed in the old database since the move.',
    what: 'Bringing over later changes',
    async exists() {
      const { words } = await deps.journey.drift();
      return `What can be told already: ${words}`;
    },
  });
}

export function createSchemaCleanup(deps: WorkflowDependencies) {
  return shell(deps, {
    id: 'schema-cleanup',
    description: 'Not built yet: takes old columns out of the new system, in four phases.',
    what: 'Cleaning up old columns',
    exists: async () => 'Nothing was looked at and nothing was changed.',
  });
}

interface Shell<Id extends string> {
  readonly id: Id;
  readonly description: string;
  readonly what: string;
  /** What the engine can say already. */
  exists(): Promise<string>;
}

function shell<const Id extends string>(
  deps: WorkflowDependencies,
  { id, description, what, exists }: Shell<Id>,
) {
  const notYet = `${what} is not built yet.`;
  return createWorkflow({
    id,
    description,
    inputSchema: guidedInput,
    outputSchema: notBuilt,
    options: { autoRestartActiveRuns: false },
  })
    .then(beginStep())
    .then(
      guidedStep(deps, {
        id: 'say-what-is-missing',
        step: 'done',
        description: 'Says what this cannot do yet.',
        work: async () =>
          ask(
            problemCard({
              step: 'done',
              title: 'Not built yet',
              text: `${notYet} ${await exists()}`,
              problems: [{ what: notYet, remedy: 'Everything before it works; this part comes later.' }],
              choices: ['stop'],
            }),
          ),
      }),
    )
    .then(
      strictStep({
        id: 'conclude',
        description: 'Ends, having done nothing.',
        input: trail,
        output: notBuilt,
        work: async (): Promise<StepVerdict<z.infer<typeof notBuilt>>> => ({
          kind: 'on',
          output: { outcome: 'not-built-yet', words: `${notYet} Nothing was changed.` },
        }),
      }),
    )
    .commit();
}
