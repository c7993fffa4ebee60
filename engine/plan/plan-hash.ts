/** The hash that approvals name: over what the plan says, not how it is written. Comments, order of keys and defaults left out or spelled out do not count. */
import { hashOf } from '../schema/canonical-json.ts';
import { codeOf, notRead } from './code-units.ts';
import type { PlanFile } from './plan-file.ts';

/**
 * sha256 in hex over the canonical JSON of a plan whose defaults are filled in (as `planFile.parse` returns it), the text
 * of its code included. @throws MigrationError CODE_NOT_READ where code stands in a file that was not read
 */
export function planHash(plan: PlanFile): string {
  for (const entity of plan.entities) {
    const missing = codeOf(entity).find(({ source }) => source === null);
    if (missing) throw notRead(entity.name, missing);
  }
  // An answer counts by what it changed in the plan; questions and answers are a record of how that came about.
  const { questions: _asked, ...said } = plan;
  return hashOf(said);
}
