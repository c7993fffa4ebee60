/** The plan of a rehearsal: the real one, for the chosen rows, into a scratch schema, under a migration name of its own. */
import { createsTable } from '../plan/creates-table.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import type { ChosenRows } from './choose-rows.ts';
import { chosenRowsCondition } from './sample-keys.sql.ts';

/** Scratch schemas and migrations begin with this; whatever does and has no living run is a leftover. */
export const REHEARSAL_PREFIX = 'towpath_rehearsal_';

export function rehearsalPlan(plan: PlanFile, catalog: Catalog, chosen: ChosenRows, name: string): PlanFile {
  const entities = plan.entities
    .filter((entity) => chosen.has(entity.name))
    .map((entity) => {
      const table = catalog.tables.find(
        ({ schema, name: of }) => schema === entity.source.schema && of === entity.source.table,
      )!;
      const rows = chosen.get(entity.name)!;
      const { merge: _merge, ...rest } = entity; // the scratch tables are empty, so there is nothing to merge with
      return {
        ...rest,
        target: { schema: name, table: entity.target.table, create: createsTable(plan, entity) },
        where: chosenRowsCondition(entity, table, rows),
        estimatedRows: rows.size,
      };
    });
  return {
    ...plan,
    migration: name,
    target: { ...plan.target, schema: name },
    entities,
    groups: {},
    phases: [],
  };
}
