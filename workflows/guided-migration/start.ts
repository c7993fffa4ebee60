/**
 * The move has begun. If the plan is no longer the one that was rehearsed, nothing begins: the trail goes on without a
 * run, and the loop around this step leads back to the plan.
 */
import { guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';
import { throughApproval } from '../through-approval.ts';

export function startStep(deps: WorkflowDependencies) {
  const { journey } = deps;
  return guidedStep(deps, {
    id: 'start-once-approved',
    step: 'migrate',
    description: 'Asks for the approval of the move, then starts it in a process of its own.',
    async work(moment) {
      const { trail, answer, tell } = moment;
      const { step, run, plan } = await journey.state();
      if (run !== null) return on({ ...trail, runId: run.runId });
      if (step !== 'migrate' || answer === 'change') return on(trail);
      const started = await throughApproval(journey, moment, {
        step: 'migrate',
        afterNo: ['change', 'ask'],
        effect: () => journey.start(moment.by),
      });
      if (started.kind === 'ask') return started;
      await tell(started.told.words, numbersOf(started.told.data));
      return on({ ...trail, planHash: plan?.hash ?? trail.planHash, runId: started.told.data.runId });
    },
  });
}

/** What a progress bar needs. */
export function numbersOf<Facts extends { readonly level: number; readonly levels: number }>({
  level,
  levels,
  ...rest
}: Facts & { readonly written: number; readonly totalRecords: number; readonly setAside: number }) {
  const { written, totalRecords, setAside } = rest;
  return { level, levels, written, totalRecords, setAside };
}
