/** Finds runs by what is said about them. */
import type { RunStatus } from '../../engine/contract/run.ts';

const over = new Set(['completed', 'rolled-back', 'cancelled']);

/** The newest run that can be continued. */
export function findUnfinished(runs: readonly RunStatus[]): RunStatus | null {
  return runs.find((run) => !over.has(run.state) && !run.alive) ?? null;
}

export function isOver(run: RunStatus): boolean {
  return over.has(run.state) || run.state === 'failed' || (run.state === 'paused' && !run.alive);
}
