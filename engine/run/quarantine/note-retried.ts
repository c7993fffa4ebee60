/** Notes of each row that a retry moved, or gave a link back to, who let it in and by which plan: `explain` tells it. */
import type { Control } from '../../control/control.ts';
import type { Queryable } from '../../control/queryable.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import type { FittingRows } from './find-fitting.ts';

interface Retried {
  readonly run: { readonly runId: string };
  /** The plan that they were moved by. */
  readonly now: PlanFile;
  readonly found: readonly (Pick<FittingRows, 'fits'> & { readonly held: { readonly entity: string } })[];
  /** Entity → keys of rows moved earlier that got a link back. */
  readonly linked: ReadonlyMap<string, readonly string[]>;
  readonly approvalId: string;
}

/** In the retry's transaction. */
export async function noteRetried(
  { rows }: Pick<Control, 'rows'>,
  target: Queryable,
  { run: { runId }, now, found, linked, approvalId }: Retried,
): Promise<void> {
  const by = { runId, approvalId, planHash: planHash(now) };
  for (const { held, fits } of found)
    await rows.noteRetried(target, { ...by, entity: held.entity, legacyIds: [...fits], how: 'moved' });
  for (const [entity, legacyIds] of linked)
    await rows.noteRetried(target, { ...by, entity, legacyIds, how: 'linked' });
}
