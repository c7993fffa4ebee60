/**
 * The proof of a run, read for everybody who asks within a moment: a report is a dozen queries over the whole ledger, and its
 * samples are rows of both databases. Samples are read once for each validation of a run, so that everybody sees the same.
 */
import type { Clock } from '../../engine/core/clock.ts';
import type { Proof } from '../shapes/proof.ts';
import { proofOf } from '../views/proof-view.ts';
import { createSamples } from './samples.ts';
import { createSharedLook } from './shared-look.ts';
import { signOffState } from './sign-off.ts';
import type { Desk } from './slot.ts';

export interface ProofLook {
  /** Of the newest run where no id is given. Throws NO_RUN and UNKNOWN_RUN. */
  look(runId: string | null): Promise<Proof>;
  /** Something has changed: the next look is a new one. */
  forget(): void;
}

export function createProofLook(
  { engine, journey }: Pick<Desk['opened'], 'engine' | 'journey'>,
  clock: Pick<Clock, 'monotonic'>,
): ProofLook {
  const samplesOf = createSamples(engine);

  async function lookNow(wanted: string | null): Promise<Proof> {
    const runId = wanted ?? (await journey.run(null)).data.runId;
    const [report, state, approvals] = await Promise.all([
      engine.report(runId),
      journey.state(),
      engine.approvals(),
    ]);
    const samples = await samplesOf(report);
    return proofOf({ report, samples, signOff: signOffState(report, state, approvals) });
  }

  const shared = createSharedLook(lookNow, clock);
  return { look: shared.of, forget: shared.forget };
}
