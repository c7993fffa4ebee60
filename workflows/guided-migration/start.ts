/** The move has begun: with the plan that was rehearsed, and with a person's approval of that plan. */
import { guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';
import { throughApproval } from '../through-approval.ts';
import { rehearsed } from './rehearse.ts';

export function startStep(deps: WorkflowDependencies) {
  const { journey } = deps;
  return guidedStep(deps, {
    id: 'start-once-approved',
    step: 'migrate',
    description: 'Asks for the approval of the move, then starts it in a process of its own.',
    async work(moment) {
      const ready = await rehearsed(deps, moment);
      if (ready.kind === 'ask' || ready.output.runId !== null) return ready;
      const started = await throughApproval(journey, moment, {
        action: 'migrate',
        step: 'migrate',
        afterNo: ['change', 'ask'],
        effect: () => journey.start(moment.by),
      });
      if (started.kind === 'ask') return started;
      const { words, data } = started.told;
      await moment.tell(words, numbersOf(data));
      return on({ ...ready.output, runId: data.runId });
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
