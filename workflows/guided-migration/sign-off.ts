/** A person has signed the result. */
import { guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';
import { throughApproval } from '../through-approval.ts';
import { undoneElsewhere } from './undone-elsewhere.ts';

export function signOffStep(deps: WorkflowDependencies) {
  const { journey } = deps;
  return guidedStep(deps, {
    id: 'sign-off',
    step: 'sign-off',
    description: 'Asks a person to sign the result.',
    async work(moment) {
      if ((await journey.state()).signedOff !== null) return on(moment.trail);
      const undone = await undoneElsewhere(deps, moment.trail);
      if (undone !== null) return undone;
      const signed = await throughApproval(journey, moment, {
        action: 'sign-off',
        step: 'sign-off',
        afterNo: ['ask', 'undo'],
        effect: () => journey.signOff(moment.by),
      });
      if (signed.kind === 'ask') return signed;
      await moment.tell(signed.told.words);
      return on(moment.trail);
    },
  });
}
