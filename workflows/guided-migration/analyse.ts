/** What is in the old database, told once. */
import { questionCard } from '../cards.ts';
import { ask, guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';

export function analyseStep(deps: WorkflowDependencies) {
  return guidedStep(deps, {
    id: 'analyse',
    step: 'analyse',
    description: 'Reads the old database and tells what it found.',
    async work({ trail, answer, tell }) {
      const { run, plan, catalog } = await deps.journey.state();
      if (run !== null || (plan !== null && catalog !== null)) return on(trail);
      if (answer === 'plan' && catalog !== null) return on(trail);
      const found = await deps.journey.analyse({ keep: true });
      await tell(found.words);
      return ask(
        questionCard({
          step: 'analyse',
          title: 'What is in the old database',
          text: found.words,
          choices: ['plan', 'stop'],
        }),
      );
    },
  });
}
