/**
 * Leaving a conversation. Whatever moves goes on in its own process and is told so; only the sample's databases end with
 * the conversation, so its move is paused first. The exit code is for scripts: what waits, or what stopped.
 */
import { runFactsOf } from '../../engine/journey/run-facts.ts';
import type { GuideAtHand } from '../agents/guide-at-hand.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';

const pausesWithin = 60_000;
const lookEvery = 250;

export interface Leaving {
  readonly code: ExitCode;
  /** True: a step is at work in this process; it is left as it is, and goes on when somebody comes back. */
  readonly atWork: boolean;
}

export async function leaveChat(context: Context, hand: GuideAtHand): Promise<Leaving> {
  const { output } = context;
  const [run] = await hand.runs.runs();
  if (run?.alive) {
    if (hand.endsWithUs) await pauseSample(context, hand, run.runId);
    else
      output.say(
        `The move goes on without this window; “${context.again(`watch ${run.runId}`)}” follows it.`,
      );
  }
  const { state } = await hand.guide.current();
  const code = context.world.stdin.isTTY ? exitCode.done : await outcome(hand);
  output.say(
    `The conversation is kept; “${context.again(hand.endsWithUs ? 'chat --sample' : 'chat')}” goes on from here.`,
  );
  return { code, atWork: state === 'working' };
}

async function pauseSample({ output, world }: Context, hand: GuideAtHand, runId: string): Promise<void> {
  output.say('The sample’s databases stop with this conversation, so the move pauses first.');
  await hand.runs.requestPause(runId);
  const until = world.clock.monotonic() + pausesWithin;
  while (world.clock.monotonic() < until) {
    const { alive } = await hand.runs.status(runId);
    if (!alive && (await hand.guide.current()).state !== 'working') return;
    await world.clock.sleep(lookEvery);
  }
}

async function outcome({ desk, runs }: GuideAtHand): Promise<ExitCode> {
  const [run] = await runs.runs();
  if (run !== undefined && runFactsOf(run).gateClosed) return exitCode.gateClosed;
  if (run?.state === 'failed') return exitCode.failed;
  const waiting = await desk.approvals({ states: ['requested'] });
  return waiting.length > 0 ? exitCode.waitingForApproval : exitCode.done;
}
