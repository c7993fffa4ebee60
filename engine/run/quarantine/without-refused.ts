/** The rows that fit, without those that the target refuses and without what falls with them. */
import type { Reject } from '../../copy/map-stream.ts';
import { type FittingRows, refit } from './find-fitting.ts';
import type { RetryPlace } from './open-place.ts';

export async function withoutRefused(
  found: readonly FittingRows[],
  refused: ReadonlyMap<string, readonly Reject[]>,
  { source }: Pick<RetryPlace, 'source'>,
): Promise<FittingRows[]> {
  const left = found.map((rows) => {
    const out = new Map((refused.get(rows.held.entity) ?? []).map((reject) => [reject.key, reject]));
    for (const key of out.keys()) rows.load.keys.delete(key);
    return {
      ...rows,
      fits: new Set([...rows.fits].filter((key) => !out.has(key))),
      rejects: [...rows.rejects, ...out.values()],
    };
  });
  return refit(left, source);
}
