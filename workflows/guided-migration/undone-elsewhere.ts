/** The move may be undone beside the journey, by another agent or from the command line; then nothing is left to go on with. */
import { on, type Verdict, type WorkflowDependencies } from '../guided-step.ts';
import type { Trail } from '../trail.ts';

/** Null: its records are still there. */
export async function undoneElsewhere(
  { journey }: Pick<WorkflowDependencies, 'journey'>,
  trail: Trail,
): Promise<Verdict | null> {
  const { run } = await journey.state();
  if (trail.runId === null || run?.runId === trail.runId) return null;
  const { data } = await journey.run(trail.runId);
  return data.state === 'rolled-back' ? on({ ...trail, course: 'undone' }) : null;
}
