/** Why rows that were tried stay set aside, by cause, most rows first. */
import type { StillHeld } from '../../contract/quarantine.ts';
import { explainCause } from '../../report/explain-cause.ts';
import type { FittingRows } from './find-fitting.ts';

export function stillHeldOf(found: readonly Pick<FittingRows, 'held' | 'rejects'>[]): StillHeld[] {
  const causes = new Map<string, StillHeld>();
  for (const { held, rejects } of found)
    for (const { misfit, sqlstate, constraint = null } of rejects) {
      const cause = { reason: misfit.reason, sqlstate, column: misfit.column || null };
      const key = JSON.stringify([held.entity, cause, constraint]);
      const known = causes.get(key);
      causes.set(key, {
        entity: held.entity,
        ...cause,
        constraint,
        rows: (known?.rows ?? 0) + 1,
        explanation: explainCause({ ...cause, outcome: 'quarantined' }),
        byTarget: misfit.reason === 'refused-by-target',
      });
    }
  return [...causes.values()].sort((a, b) => b.rows - a.rows);
}
