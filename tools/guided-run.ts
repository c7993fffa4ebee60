/**
 * The guided journey's workflow as the tools drive it: there is at most one run that is not finished. A tool starts or nudges
 * it and waits a little for what it shows next; the work itself goes on whether anybody waits or not.
 * Reached by its name, because tools and workflows do not know each other.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowRuns } from '@mastra/core/storage';
import { createWorkflowStateReader, type Workflow, type WorkflowRunStatus } from '@mastra/core/workflows';
import { type JourneyCard, journeyCard, MigrationError } from '../engine/index.ts';
import type { WorkflowHolder } from './definition.ts';

const key = 'guidedMigration';
const patience = 20_000;
const finished: readonly WorkflowRunStatus[] = [
  'success',
  'failed',
  'canceled',
  'bailed',
  'tripwire',
  'skipped',
];

export interface GuidedRun {
  /** `waiting` for a person; `working` by itself; `ended`; `stopped` at a fault; `none` has ever begun. */
  readonly state: 'none' | 'working' | 'waiting' | 'ended' | 'stopped';
  readonly card: JourneyCard | null;
}

/** Begins the journey, or shows the one that is under way. */
export async function startGuidedRun(mastra: WorkflowHolder | undefined): Promise<GuidedRun> {
  const workflow = workflowOf(mastra);
  const active = await findActive(workflow);
  if (active !== null) return lookAt(workflow, active);
  const run = await workflow.createRun();
  return settle(workflow, run.runId, run.start({ inputData: {} }));
}

/** Hands the answer to the step that waits. A run that is at work is only looked at. */
export async function continueGuidedRun(
  mastra: WorkflowHolder | undefined,
  answer: string,
): Promise<GuidedRun> {
  const workflow = workflowOf(mastra);
  const active = await findActive(workflow);
  if (active === null) return { state: 'none', card: null };
  const before = await lookAt(workflow, active);
  if (before.state !== 'waiting') return before;
  const run = await workflow.createRun({ runId: active });
  return settle(workflow, active, run.resume({ resumeData: { answer } }));
}

type GuidedWorkflow = Workflow;

function workflowOf(mastra: WorkflowHolder | undefined): GuidedWorkflow {
  if (mastra !== undefined) return mastra.getWorkflow(key);
  throw new MigrationError({
    code: 'JOURNEY_UNREACHABLE',
    message: 'The guided journey cannot be reached from here.',
    hint: 'Start it from the chat or the playground.',
  });
}

async function findActive(workflow: GuidedWorkflow): Promise<string | null> {
  const { runs }: WorkflowRuns = await workflow.listWorkflowRuns({ page: 0, perPage: 50 });
  const newestFirst = runs.toSorted((a, b) => Number(b.createdAt) - Number(a.createdAt));
  const active = newestFirst.find(({ snapshot }) => {
    const { status } = typeof snapshot === 'string' ? JSON.parse(snapshot) : snapshot;
    return !finished.includes(status);
  });
  return active?.runId ?? null;
}

async function lookAt(workflow: GuidedWorkflow, runId: string): Promise<GuidedRun> {
  const state = await workflow.getWorkflowRunById(runId);
  if (state === null) return { state: 'none', card: null };
  if (state.status === 'suspended') {
    const payload = createWorkflowStateReader(state).getSuspendedStep()?.suspendPayload;
    return { state: 'waiting', card: journeyCard.safeParse(payload).data ?? null };
  }
  if (state.status === 'failed' || state.status === 'tripwire') return { state: 'stopped', card: null };
  return { state: finished.includes(state.status) ? 'ended' : 'working', card: null };
}

/** Waits for the next card or the end, a little; a run that fails is told by its state, not by its error. */
async function settle(workflow: GuidedWorkflow, runId: string, work: Promise<unknown>): Promise<GuidedRun> {
  const stop = new AbortController();
  const late = sleep(patience, undefined, { signal: stop.signal, ref: false }).catch(() => {});
  await Promise.race([work.catch(() => {}), late]);
  stop.abort();
  return lookAt(workflow, runId);
}
