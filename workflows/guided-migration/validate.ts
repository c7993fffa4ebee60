/** Old and new are compared, and the engine calls the run complete. */
import { problemCard } from '../cards.ts';
import { ask, guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';
import { isPast } from '../where-we-are.ts';
import { undoneElsewhere } from './undone-elsewhere.ts';

export function validateStep(deps: WorkflowDependencies) {
  const { journey } = deps;
  return guidedStep(deps, {
    id: 'validate',
    step: 'validate',
    description: 'Compares every record with the old database; waits where they differ.',
    async work({ trail, tell }) {
      if (isPast(await journey.state(), 'validate')) return on(trail);
      const undone = await undoneElsewhere(deps, trail);
      if (undone !== null) return undone;
      const { words, data } = await journey.validate();
      await tell(words);
      if (isPast(await journey.state(), 'validate')) return on(trail);
      return ask(
        problemCard({
          step: 'validate',
          title:
            data.overallStatus === 'differences' ? 'Old and new differ' : 'Not everything could be compared',
          text: words,
          problems: [
            ...data.issues.slice(0, 20).map(({ message }) => ({
              what: message,
              remedy: 'Look at it, correct it in the new system or undo the move; then compare again.',
            })),
            ...data.notVerified.slice(0, 20).map((what) => ({
              what: `Not checked: ${what}`,
              remedy: 'Compare again when it can be read.',
            })),
          ],
          choices: ['again', 'undo', 'stop'],
        }),
      );
    },
  });
}
