/**
 * The journey from two databases to a signed report:
 *
 *   begin → preflight → analyse → plan-and-map → rehearse-once-approved → start-once-approved
 *         → move-next-level, until all have moved → validate → write-report → sign-off
 *         → undo-once-approved, if somebody asked for it → conclude
 *
 * Each step may wait with a card. A step that has nothing left to do, and every step after somebody said stop, hands the
 * trail through. The rehearsal looks at the plan again, and the start at both: a plan that was changed while an approval
 * was waited for is rehearsed as it stands now. The state of the move is the engine's, so a step that is run twice, or
 * after a crash, finds what is already there. No step lies in a nested workflow: Mastra keeps too little of those to go
 * on after a crash, and checks the answers to them too late.
 */
import { createWorkflow } from '@mastra/core/workflows';
import { beginStep } from '../begin.ts';
import type { WorkflowDependencies } from '../guided-step.ts';
import { ending, guidedInput, type Trail } from '../trail.ts';
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
    .then(planStep(deps))
    .then(rehearseStep(deps))
    .then(startStep(deps))
    .dountil(nextLevelStep(deps), async ({ inputData }) => hasMoved(inputData))
    .then(validateStep(deps))
    .then(writeReportStep(deps))
    .then(signOffStep(deps))
    .then(takeBackStep(deps))
    .then(concludeStep(deps))
    .commit();
}

function hasMoved({ course, moved }: Trail): boolean {
  return course !== 'on' || moved;
}
