/** The kind of record a person means, as the plan names it. */
import { lookUp } from '../../plan/look-up.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';

/** By entity or old table. @throws MigrationError UNKNOWN_ENTITY or AMBIGUOUS_NAME */
export function findEntity(plan: PlanFile, said: string): PlanEntity {
  const known = plan.entities.map((entity) => ({
    item: entity,
    names: [
      entity.name,
      entity.source.table,
      `${entity.source.schema}.${entity.source.table}`,
      `${entity.target.schema}.${entity.target.table}`,
    ] as const satisfies [string, ...string[]],
  }));
  return lookUp(said, known, { what: 'kind of record', code: 'UNKNOWN_ENTITY', loose: true });
}
