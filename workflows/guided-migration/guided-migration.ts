/**
 * The journey from two databases to a signed report:
 *
 *   begin → preflight → analyse → prepare, until a run is there → move-next-level, until all have moved
 *         → validate → write-report → sign-off → undo-once-approved → conclude
 *   prepare: plan-and-map → rehearse-once-approved → start-once-approved
 *
 * `prepare` repeats when the plan is changed after its rehearsal: what starts is always what was rehearsed. A step that has
 * nothing left to do, and every step after somebody said stop, hands the trail through. Each may wait with a card; the
 * state of the move is the engine's, so a step that is run twice, or after a crash, finds what is already there.
 */
import { createWorkflow, type DefaultEngineType, type Step } from '@mastra/core/workflows';
import { beginStep } from '../begin.ts';
import type { WorkflowDependencies } from '../guided-step.ts';
import { resumeAnswer } from '../strict-step.ts';
import { ending, guidedInput, type Trail, trail } from '../trail.ts';
import { analyseStep } from './analyse.ts';
import { concludeStep } from './conclude.ts';
import { nextLevelStep } from './next-level.ts';
import { planStep } from './plan.ts';
import { preflightStep } from './preflight.ts';
import { rehearseStep } from './rehearse.ts';
import { signOffStep } from './sign-off.ts';
import { startStep } from './start.ts';
import { takeBackStep } from './take-back.ts';
import { validateStep } from './validate.ts';
import { writeReportStep } from './write-report.ts';

export type GuidedMigration = ReturnType<typeof createGuidedMigration>;

export function createGuidedMigration(deps: WorkflowDependencies) {
  return createWorkflow({
    id: 'guided-migration',
    description: 'From two databases to a signed report, with a person at every decision.',
    inputSchema: guidedInput,
    outputSchema: ending,
    options: { autoRestartActiveRuns: false },
  })
    .then(beginStep())
    .then(preflightStep(deps))
    .then(analyseStep(deps))
    .dountil(prepareWorkflow(deps), async ({ inputData }) => isPrepared(inputData))
    .dountil(nextLevelStep(deps), async ({ inputData }) => hasMoved(inputData))
    .then(validateStep(deps))
    .then(writeReportStep(deps))
    .then(signOffStep(deps))
    .then(takeBackStep(deps))
    .then(concludeStep(deps))
    .commit();
}

function prepareWorkflow(deps: WorkflowDependencies) {
  const prepare = createWorkflow({
    id: 'prepare',
    description: 'A plan, its rehearsal, and the start; again when the plan was changed in between.',
    inputSchema: trail,
    outputSchema: trail,
    options: { autoRestartActiveRuns: false },
  })
    .then(planStep(deps))
    .then(rehearseStep(deps))
    .then(startStep(deps))
    .commit();
  // Without a schema of its own, an answer of another shape would fail the run instead of being refused.
  const step: unknown = Object.assign(prepare, { resumeSchema: resumeAnswer });
  // A workflow is a step, but its type says `description?: string | undefined`.
  return step as Step<'prepare', unknown, Trail, Trail, unknown, unknown, DefaultEngineType>;
}

function isPrepared({ course, runId }: Trail): boolean {
  return course !== 'on' || runId !== null;
}

function hasMoved({ course, moved }: Trail): boolean {
  return course !== 'on' || moved;
}
