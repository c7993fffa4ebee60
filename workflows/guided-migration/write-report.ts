/** The report of this very run lies in its files. */
import { guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';
import { isPast } from '../where-we-are.ts';
import { undoneElsewhere } from './undone-elsewhere.ts';

export function writeReportStep(deps: WorkflowDependencies) {
  return guidedStep(deps, {
    id: 'write-report',
    step: 'report',
    description: 'Writes the report, with what was not checked and who approved what.',
    async work({ trail, tell }) {
      if (isPast(await deps.journey.state(), 'report')) return on(trail);
      const undone = await undoneElsewhere(deps, trail);
      if (undone !== null) return undone;
      const { words, data } = await deps.journey.writeReport();
      await tell(words, { files: data.files });
      return on(trail);
    },
  });
}
