/**
 * A summary for people behind every so many batches. Losing one loses nothing (the ledger of batches is the truth), so a
 * summary that cannot be written is only noted.
 */
import type { Control } from '../control/control.ts';
import type { Log } from '../core/log.ts';
import { classify } from '../db/sqlstate.ts';

/** Called behind each batch that committed. */
export function createSummaries(
  runId: string,
  every: number,
  { control, log }: { readonly control: Control; readonly log: Log },
): () => Promise<void> {
  let batches = 0;
  return async () => {
    if (++batches % every !== 0) return;
    try {
      const summary = { ...(await control.batches.totals(runId)) };
      await control.checkpoints.add({ runId, reason: 'batches', summary });
    } catch (error) {
      log.warn('checkpoint.not-written', { code: classify(error).code });
    }
  };
}
