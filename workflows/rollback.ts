/** Undoing the move: what it would take out stands on the approval card, computed from what is there. */
import { createWorkflow } from '@mastra/core/workflows';
import { beginStep } from './begin.ts';
import { problemCard } from './cards.ts';
import { concludeStep } from './guided-migration/conclude.ts';
import { takeBackStep } from './guided-migration/take-back.ts';
import { ask, guidedStep, on, type WorkflowDependencies } from './guided-step.ts';
import { ending, guidedInput } from './trail.ts';

export function createRollback(deps: WorkflowDependencies) {
  return createWorkflow({
    id: 'rollback',
    description: 'Takes the records of the move out of the new system again; nothing else.',
    inputSchema: guidedInput,
    outputSchema: ending,
    options: { autoRestartActiveRuns: false },
  })
    .then(beginStep('undoing'))
    .then(previewStep(deps))
    .then(takeBackStep(deps))
    .then(concludeStep(deps))
    .commit();
}

/** A run that still moves has to be paused first; one that does not exist cannot be undone. */
function previewStep(deps: WorkflowDependencies) {
  return guidedStep(deps, {
    id: 'preview',
    step: 'migrate',
    course: 'undoing',
    description: 'Looks at what there is to undo.',
    async work({ trail, tell }) {
      const { run, inTarget, undo } = await deps.journey.state();
      await tell(`${inTarget} ${undo}`);
      if (run === null) return on(trail);
      if (!run.alive) return on({ ...trail, runId: run.runId });
      return ask(
        problemCard({
          step: 'migrate',
          title: 'The move is still going on',
          text: `It has to stand still before it can be undone. ${inTarget}`,
          problems: [
            { what: 'Records are being moved.', remedy: 'Pause or cancel the move, then look again.' },
          ],
          choices: ['again', 'stop'],
        }),
      );
    },
  });
}
