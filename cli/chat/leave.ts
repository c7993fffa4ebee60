/**
 * Leaving a conversation. Whatever moves goes on in its own process and is told so; only the sample's databases end with
 * the conversation, so what is at work there comes to a rest first. The exit code is for scripts: what waits, or what stopped.
 */
import { comeToRest } from '../../desk/come-to-rest.ts';
import type { GuideAtHand } from '../../desk/guide-at-hand.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';

export interface Leaving {
  readonly code: ExitCode;
  /** True: a step is at work in this process; it is left as it is, and goes on when somebody comes back. */
  readonly atWork: boolean;
}

export async function leaveChat(context: Context, hand: GuideAtHand): Promise<Leaving> {
  const { output } = context;
  const { run } = await hand.journey.state();
  if (hand.endsWithUs)
    await comeToRest(hand, { clock: context.world.clock, onWait: () => output.say(waits) });
  else if (run?.alive) {
    output.say(`The move goes on without this window; “${context.again(`watch ${run.runId}`)}” follows it.`);
  }
  const { state } = await hand.guide.current();
  const code = context.world.stdin.isTTY ? exitCode.done : await outcome(hand);
  const command = context.again(hand.endsWithUs ? 'chat --sample' : 'chat');
  output.say(`The conversation is kept; “${command}” goes on from here.`);
  return { code, atWork: state === 'working' };
}

const waits = 'The sample’s databases stop with this conversation, so what is at work comes to a rest first.';

async function outcome({ journey }: GuideAtHand): Promise<ExitCode> {
  const { run, approvals } = await journey.state();
  if (run?.gateClosed) return exitCode.gateClosed;
  if (run?.state === 'failed') return exitCode.failed;
  return approvals.length > 0 ? exitCode.waitingForApproval : exitCode.done;
}
