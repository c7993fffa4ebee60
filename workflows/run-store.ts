/** Runs of the guided migration in Mastra's storage. The newest one counts; only-entered ones were never begun. */
import type { WorkflowRun } from '@mastra/core/storage';
import { DefaultExecutionEngine, type WorkflowState } from '@mastra/core/workflows';
import type { GuidedMigration } from './guided-migration/guided-migration.ts';
import type { ResumeAnswer } from './strict-step.ts';

export interface StoredRun {
  readonly runId: string;
  readonly stored: WorkflowState;
}

/** `start`, `resume` and `restart` settle when the run waits or has ended. */
export interface RunStore {
  newest(): Promise<StoredRun | null>;
  start(by: string): Promise<unknown>;
  resume(runId: string, answer: ResumeAnswer): Promise<unknown>;
  /** False: it ended as failed. Rejects where Mastra cannot repeat it. */
  restart(runId: string): Promise<boolean>;
  cancel(runId: string): Promise<void>;
}

export function createRunStore(workflow: GuidedMigration): RunStore {
  /** A run of this process is kept, because only the object that runs can be cancelled. */
  let own: Awaited<ReturnType<GuidedMigration['createRun']>> | null = null;
  async function open(runId?: string) {
    if (runId !== undefined && own?.runId === runId) return own;
    own = await workflow.createRun(runId === undefined ? {} : { runId });
    return own;
  }
  return {
    async newest() {
      const { runs } = await workflow.listWorkflowRuns({ perPage: 20, page: 0 });
      const begun = runs
        .filter(({ snapshot }: WorkflowRun) => statusOf(snapshot) !== 'pending')
        .sort((a: WorkflowRun, b: WorkflowRun) => b.createdAt.getTime() - a.createdAt.getTime());
      const [newest] = begun;
      if (newest === undefined) return null;
      const stored = await workflow.getWorkflowRunById(newest.runId);
      return stored === null ? null : { runId: newest.runId, stored };
    },
    start: async (by) => (await open()).start({ inputData: { by } }),
    async resume(runId, resumeData) {
      const run = await open(runId);
      // Mastra keeps what it last stored of a run, `suspended`, and stores no progress over it; after a crash the answered
      // card would come again. From here on the run is not suspended any more.
      if (run.executionEngine instanceof DefaultExecutionEngine) {
        run.executionEngine.clearLastPersistedStatus(runId);
      }
      return run.resume({ resumeData });
    },
    restart: async (runId) => (await (await open(runId)).restart()).status !== 'failed',
    cancel: async (runId) => (await open(runId)).cancel(),
  };
}

function statusOf(snapshot: unknown): string | null {
  if (typeof snapshot !== 'object' || snapshot === null || !('status' in snapshot)) return null;
  return typeof snapshot.status === 'string' ? snapshot.status : null;
}
