/** Before databases stop that end with this process: a move is paused, a step that is at work is waited for. */
import type { Clock } from '../engine/core/clock.ts';
import type { GuideAtHand } from './guide-at-hand.ts';

const restsWithin = 60_000;
const lookEvery = 250;

export interface Resting {
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  /** Something is at work, so that it takes a moment. */
  readonly onWait: () => void;
}

export async function comeToRest(
  { guide, runs, journey }: Pick<GuideAtHand, 'guide' | 'runs' | 'journey'>,
  { clock, onWait }: Resting,
): Promise<void> {
  const until = clock.monotonic() + restsWithin;
  let told = false;
  let paused: string | null = null;
  while (clock.monotonic() < until) {
    const { run } = await journey.state();
    const moving = run?.alive ? run.runId : null;
    if (moving === null && (await guide.current()).state !== 'working') return;
    if (!told) onWait();
    told = true;
    if (moving !== null && moving !== paused) {
      await runs.requestPause(moving);
      paused = moving;
    }
    await clock.sleep(lookEvery);
  }
}
