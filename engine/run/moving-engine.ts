/** The engine as one process of a rehearsal under faults has it: over its own connections, with the real start and resume. */

import { planFile } from '../plan/plan-file.ts';
import type { OpenMovingEngine } from '../rehearsal/chaos/disturbed-move.ts';
import { assembleRun, type EngineDependencies } from './assemble-run.ts';
import { resumeRun } from './resume-run.ts';
import { startRun } from './run-migration.ts';
import { readUnchangedSource } from './unchanged-source.ts';

export function movingEngines(
  deps: Omit<EngineDependencies, 'source' | 'target' | 'failpoints' | 'clock'>,
): OpenMovingEngine {
  return (connections) => {
    const { run, control, events, validate } = assembleRun({ ...deps, ...connections });
    return {
      events,
      start: (plan, options) => startRun(run, plan, options, true),
      resume: (runId, options) => resumeRun(run, runId, options, true),
      async validate(runId, entities) {
        const { planHash } = await control.runs.get(runId);
        const plan = planFile.parse((await control.artifacts.get(planHash)).content);
        const catalog = await readUnchangedSource(run, plan);
        return validate({ runId, plan, catalog, type: 'all', entities, fix: false });
      },
    };
  };
}
