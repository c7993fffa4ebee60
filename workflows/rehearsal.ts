/** A rehearsal alone: the plan as it stands, tried with a few hundred records of each kind. */
import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { beginStep } from './begin.ts';
import { planStep } from './guided-migration/plan.ts';
import { rehearseStep } from './guided-migration/rehearse.ts';
import type { WorkflowDependencies } from './guided-step.ts';
import { type StepVerdict, strictStep } from './strict-step.ts';
import { guidedInput, trail } from './trail.ts';

const rehearsed = z.object({
  outcome: z.enum(['passed', 'failed', 'stopped']),
  words: z.string(),
  planHash: z.string().nullable(),
});

export function createRehearsal(deps: WorkflowDependencies) {
  return createWorkflow({
    id: 'rehearsal',
    description: 'Tries the plan in a trial area of the new system, which is removed again.',
    inputSchema: guidedInput,
    outputSchema: rehearsed,
    options: { autoRestartActiveRuns: false },
  })
    .then(beginStep())
    .then(planStep(deps))
    .then(rehearseStep(deps))
    .then(resultStep(deps))
    .commit();
}

function resultStep({ journey }: WorkflowDependencies) {
  return strictStep({
    id: 'result',
    description: 'Says how the rehearsal of the plan ended, as it is kept.',
    input: trail,
    output: rehearsed,
    async work(): Promise<StepVerdict<z.infer<typeof rehearsed>>> {
      const { plan, rehearsal, next, inTarget } = await journey.state();
      // a stop after a rehearsal that did not pass does not make it unsaid
      const current = rehearsal !== null && rehearsal.planHash === plan?.hash ? rehearsal.status : null;
      const outcome = current ?? 'stopped';
      const words = `${first[outcome]} ${inTarget} ${next}`;
      return { kind: 'on', output: { outcome, words, planHash: plan?.hash ?? null } };
    },
  });
}

const first = {
  passed: 'The plan has passed its rehearsal.',
  failed: 'The plan has not passed its rehearsal.',
  stopped: 'Nothing was rehearsed.',
} as const;
