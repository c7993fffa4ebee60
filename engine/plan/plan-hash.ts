/** The hash that approvals name: over what the plan says, not how it is written. Comments, order of keys and defaults left out or spelled out do not count. */
import { hashOf } from '../schema/canonical-json.ts';
import type { PlanFile } from './plan-file.ts';

/** sha256 in hex over the canonical JSON of a plan whose defaults are filled in (as `planFile.parse` returns it). */
export function planHash(plan: PlanFile): string {
  return hashOf(plan);
}
