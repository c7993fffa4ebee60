/** The plan as it stands has passed a rehearsal. A rehearsal needs an approval, because it writes to a trial area. */
import { problemCard } from '../cards.ts';
import { ask, guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';
import { throughApproval } from '../through-approval.ts';

export function rehearseStep(deps: WorkflowDependencies) {
  const { journey } = deps;
  return guidedStep(deps, {
    id: 'rehearse-once-approved',
    step: 'rehearse',
    description: 'Asks for the approval of the rehearsal, then rehearses; waits if it did not pass.',
    async work(moment) {
      const { trail, answer, answered, tell } = moment;
      const { step, run } = await journey.state();
      // anything else: a run is there, it is rehearsed, or the plan went; the next step sends it where it belongs
      if (run !== null || step !== 'rehearse' || answer === 'change') return on(trail);
      if (answered?.kind !== 'problem') await tell('A rehearsal needs an approval.');
      const rehearsed = await throughApproval(journey, moment, {
        step: 'rehearse',
        afterNo: ['change', 'ask'],
        effect: () => journey.rehearse(moment.by),
      });
      if (rehearsed.kind === 'ask') return rehearsed;
      const { words, data } = rehearsed.told;
      await tell(words);
      if (data.status === 'passed') return on({ ...trail, planHash: data.planHash });
      return ask(
        problemCard({
          step: 'rehearse',
          title: 'The rehearsal did not pass',
          text: words,
          problems: data.problems.slice(0, 20).map(({ entity, message }) => ({
            what: `${entity}: ${message}`,
            remedy: 'Change the plan for it, or leave it out; then look again.',
          })),
          choices: ['change', 'ask', 'stop'],
        }),
      );
    },
  });
}
