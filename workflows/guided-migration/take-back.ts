/** The move is taken out of the new system again; only where somebody asked for it, and an approver agreed. */
import { guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';
import { throughApproval } from '../through-approval.ts';

export function takeBackStep(deps: WorkflowDependencies) {
  const { journey } = deps;
  return guidedStep(deps, {
    id: 'undo-once-approved',
    step: 'migrate',
    course: 'undoing',
    description: 'Only when asked: asks for the approval to undo the move, then undoes it.',
    async work(moment) {
      const { trail, tell } = moment;
      if (trail.runId !== null && (await journey.run(trail.runId)).data.state === 'rolled-back') {
        return on({ ...trail, course: 'undone' });
      }
      const undone = await throughApproval(journey, moment, {
        action: 'rollback',
        step: 'migrate',
        afterNo: ['keep', 'ask'],
        effect: () => journey.rollback(moment.by),
      });
      if (undone.kind === 'ask') return undone;
      const { words, data } = undone.told;
      await tell(words);
      return on({ ...trail, course: 'undone', kept: data.kept });
    },
  });
}
