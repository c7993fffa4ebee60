/** Why rows were set aside or changed, grouped: the same list for the report, the `quarantine` commands and the guide. */
import type { Cause } from '../contract/quarantine.ts';
import type { Control } from '../control/control.ts';
import { explainCause } from './explain-cause.ts';

/** Rows set aside first, then repaired ones; within each, most rows first. */
export async function readCauses(
  control: Pick<Control, 'quarantine' | 'repairs'>,
  { runId, entity }: { readonly runId: string; readonly entity?: string | undefined },
): Promise<Cause[]> {
  const [quarantined, repaired] = await Promise.all([
    control.quarantine.causes(entity === undefined ? { runId } : { runId, entity }),
    control.repairs.causes(runId, entity),
  ]);
  return [
    ...quarantined.map(({ entity: name, reason, sqlstate, column, rows }): Cause => {
      const cause = { outcome: 'quarantined', reason, sqlstate, column } as const;
      return { entity: name, ...cause, rows, explanation: explainCause(cause) };
    }),
    ...repaired.map(({ entity: name, rule, column, rows }): Cause => {
      const cause = { outcome: 'repaired', reason: rule, sqlstate: null, column } as const;
      return { entity: name, ...cause, rows, explanation: explainCause(cause) };
    }),
  ];
}
