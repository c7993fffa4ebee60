/**
 * Work of a run outside its batches: tried again as the table says, each time with sessions that are alive. Where it fails for
 * good, either the run ends or this kind of records alone is held; who is asked decides which.
 */
import { isInterruption, withRetry } from '../db/retry.ts';
import { failEntity } from './fail-entity.ts';
import type { RunContext } from './run-context.ts';

type Retrying = Pick<RunContext, 'recovery' | 'clock' | 'watch' | 'source' | 'session' | 'signal'>;

/** Throws the last error; the signal's reason where a stop was asked for before another attempt. */
export async function steadily<T>(
  { recovery, clock, watch, source, session, signal }: Retrying,
  place: { readonly step: string; readonly entity: string | null },
  work: () => Promise<T>,
): Promise<T> {
  const both = [source, session];
  let numbers: readonly number[] = [];
  return withRetry(
    async () => {
      numbers = [];
      numbers = await Promise.all(both.map((one) => one.ready()));
      return work();
    },
    {
      recovery,
      clock,
      watch,
      place,
      signal,
      // also where nothing follows: the next one to use them finds no transaction that has failed
      prepare: async () => {
        await Promise.all(numbers.map((number, i) => both[i]!.giveUp(number)));
      },
    },
  );
}

export type Tried<T> = { readonly value: T } | { readonly held: true };

/**
 * Work for one entity. Throws what ends the run, and what a stop interrupted; anything else holds the entity and what points at it. `once`: the work tries
 * its parts again by itself.
 */
export async function workingOn<T>(
  context: RunContext,
  entity: string,
  step: string,
  work: () => Promise<T>,
  tries: 'again' | 'once' = 'again',
): Promise<Tried<T>> {
  try {
    return { value: await (tries === 'once' ? work() : steadily(context, { step, entity }, work)) };
  } catch (error) {
    if (isInterruption(error, context.signal)) throw error;
    await failEntity(context, entity, error);
    if (await context.endsRun(error, entity)) throw error;
    return { held: true };
  }
}
