/** Both databases are fit for the move. A move that has begun has passed this; asking again would only disturb it. */
import { problemCard } from '../cards.ts';
import { ask, guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';

export function preflightStep(deps: WorkflowDependencies) {
  return guidedStep(deps, {
    id: 'preflight',
    step: 'preflight',
    description: 'Checks both databases; waits while a check fails.',
    async work({ trail, tell }) {
      const { run } = await deps.journey.state();
      if (run !== null) return on({ ...trail, runId: run.runId });
      const checked = await deps.journey.preflight();
      await tell(checked.words);
      const failed = checked.data.filter(({ status }) => status === 'fail');
      if (failed.length === 0) return on(trail);
      return ask(
        problemCard({
          step: 'preflight',
          title: 'A check did not pass',
          text: checked.words,
          problems: failed.map(({ message, remedy }) => ({
            what: message,
            remedy: remedy ?? 'Put this right, then check again.',
          })),
          choices: ['again', 'stop'],
        }),
      );
    },
  });
}
