/**
 * Ctrl-C, once and twice. Once: the batches in hand finish and the run pauses. Twice: the process ends at once, and the
 * server rolls the batches in hand back. Either way the words say how to continue.
 */
import type { World } from './command.ts';
import { exitCode } from './exit-codes.ts';

export interface StopSignal {
  readonly signal: AbortSignal;
  /** No longer listens. */
  dispose(): void;
}

export interface StopWords {
  /** Told at the first Ctrl-C. */
  first(): readonly string[];
  /** Told at the second, right before the process ends. */
  second(): readonly string[];
  /** Where the words go. */
  say(line: string): void;
}

export function createStopSignal(world: Pick<World, 'onInterrupt' | 'exit'>, words: StopWords): StopSignal {
  const controller = new AbortController();
  const dispose = world.onInterrupt(() => {
    const again = controller.signal.aborted;
    for (const line of again ? words.second() : words.first()) words.say(line);
    if (again) world.exit(exitCode.interrupted);
    else controller.abort();
  });
  return { signal: controller.signal, dispose };
}
