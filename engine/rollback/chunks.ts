/** The batches of an entity that are in the target, put together to chunks of work. */
import type { Control } from '../control/control.ts';

/** Rows a chunk, as long as one batch alone is not larger. */
const CHUNK_ROWS = 50_000;

/** Completed batches, latest first. */
export async function chunksOf(
  { control, runId }: { readonly control: Pick<Control, 'batches'>; readonly runId: string },
  { entity }: { readonly entity: string },
): Promise<number[][]> {
  const batches = (await control.batches.list(runId, entity)).filter(({ state }) => state === 'completed');
  const chunks: { ids: number[]; rows: number }[] = [];
  for (const batch of batches.reverse()) {
    const last = chunks.at(-1);
    if (last && last.rows + batch.rowsWritten <= CHUNK_ROWS) {
      last.ids.push(batch.batchId);
      last.rows += batch.rowsWritten;
    } else chunks.push({ ids: [batch.batchId], rows: batch.rowsWritten });
  }
  return chunks.map(({ ids }) => ids);
}
