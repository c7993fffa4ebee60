/**
 * A rehearsal under faults: the sample is moved once undisturbed, then again and again under drawn faults, and each time what is
 * there is compared with what the undisturbed move left.
 *
 * Promise: nothing outside the scratch schemas is written – the ledger of these moves is a schema of its own, too – and that is
 * looked at, before and after; the scratch schemas go, however it ends. The source is only read.
 */
import { ofRehearsal } from '../rehearsal-errors.ts';
import { REHEARSAL_PREFIX } from '../rehearsal-plan.ts';
import type { UnderFaultsDependencies } from './course.ts';
import { type Made, type MovesInput, makeMoves } from './moves.ts';
import { openScratchGround, type ScratchGround } from './scratch-ground.ts';
import { lookAround } from './surroundings.ts';
import { proofOf, type UnderFaults } from './verdict.ts';

export async function rehearseUnderFaults(
  deps: UnderFaultsDependencies,
  input: MovesInput,
): Promise<UnderFaults> {
  const startedAt = deps.clock.monotonic();
  // the rehearsal before has cleared its own traces away
  const lock = await deps.control.lock.acquireFor('rehearsal under faults').catch((error: unknown) => {
    throw ofRehearsal(error, { cleared: true });
  });
  try {
    const surroundings = await lookAround(deps, `${REHEARSAL_PREFIX}%`);
    const ground = openScratchGround(deps, input.scratch);
    const made = await makeMoves(deps, input, ground).catch((error: unknown) => clearedAway(ground, error));
    const removed = await isRemoved(ground);
    const outside = await surroundings.compare();
    return {
      ...made.found,
      ...proofOf(made, outside, removed),
      ...{ outside, removed },
      at: deps.clock.now().toISOString(),
      milliseconds: Math.round(deps.clock.monotonic() - startedAt),
    };
  } finally {
    await lock.release();
  }
}

/** The error says whether anything is left. */
async function clearedAway(ground: ScratchGround, error: unknown): Promise<Made> {
  throw ofRehearsal(error, { cleared: await isRemoved(ground) });
}

/** False, too, where the target cannot be asked any more. */
function isRemoved(ground: ScratchGround): Promise<boolean> {
  return ground.remove().catch(() => false);
}
