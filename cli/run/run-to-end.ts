/** Starts or continues a run, shows it, answers Ctrl-C, and tells what it came to. */
import type { Engine } from '../../engine/contract/contract.ts';
import type { RunResult } from '../../engine/contract/run.ts';
import type { Context } from '../command.ts';
import { followRun } from '../progress/follow-run.ts';
import { createStopSignal } from '../stop-signal.ts';
import { saveCheckpoint } from './checkpoint-file.ts';
import { saveAudit } from './save-audit.ts';

export async function runToEnd(
  context: Context,
  engine: Engine,
  start: (signal: AbortSignal) => Promise<RunResult>,
  knownRunId: string | null = null,
): Promise<RunResult> {
  const following = await followRun(context, engine);
  const resume = () => {
    const runId = following.runId ?? knownRunId;
    return runId === null ? 'No run had begun.' : `Continue with: ${context.again(`resume ${runId}`)}`;
  };
  const stop = createStopSignal(context.world, {
    first: () => ['Stopping: the batches in hand finish, then the run pauses. Ctrl-C again stops at once.'],
    second: () => [
      'Stopped. The batches in hand are rolled back by the server; nothing is half moved.',
      resume(),
    ],
    say: (line) => following.note(line),
  });
  try {
    const result = await start(stop.signal);
    following.stop();
    if (result.state !== 'completed' && !result.dryRun) saveCheckpoint(context, result);
    if (!result.dryRun) await saveAudit(context, engine);
    return result;
  } catch (error) {
    following.stop();
    await saveLastState(context, engine, following.runId ?? knownRunId);
    throw error;
  } finally {
    following.stop();
    stop.dispose();
  }
}

/** After a failure: what the control schema says, if it can still be asked. */
async function saveLastState(context: Context, engine: Engine, runId: string | null): Promise<void> {
  if (runId === null) return;
  try {
    saveCheckpoint(context, await engine.status(runId));
    await saveAudit(context, engine);
  } catch {
    // the database that could tell is the one that failed; the error itself is told by the caller
  }
}
